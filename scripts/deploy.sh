#!/usr/bin/env bash
# Deploys the extension, registers it and shows the handlers that Cluster API discovered.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

step "Extension in namespace $namespace"
need kubectl

run 'applying manifests/deploy' 'is the cluster there? scripts/cluster.sh, scripts/clusterctl.sh' \
  "${apply[@]}" --filename manifests/deploy
run 'waiting for the certificate' "kubectl --context kind-$cluster describe certificates --namespace $namespace" \
  "${kubectl[@]}" wait certificate --all --namespace "$namespace" --for condition=Ready --timeout 2m
run "waiting for the pods with label app=$extension" \
  "kubectl --context kind-$cluster describe pods --namespace $namespace; a missing image comes with scripts/image.sh" \
  "${kubectl[@]}" rollout status "deployment/$extension" --namespace "$namespace" --timeout 2m
run 'registering manifests/extension-config.yaml' 'scripts/clusterctl.sh installs its kind' \
  "${apply[@]}" --filename manifests/extension-config.yaml
run 'waiting until it is discovered' \
  "kubectl --context kind-$cluster describe extensionconfig $extension names the reason" \
  "${kubectl[@]}" wait extensionconfig "$extension" --for condition=Discovered --timeout 1m

"${kubectl[@]}" get extensionconfig "$extension" --output \
  jsonpath='{range .status.handlers[*]}{.requestHook.hook} {.name}{"\n"}{end}' |
  awk '{ printf "      %-30s %s\n", $1, $2 }'
