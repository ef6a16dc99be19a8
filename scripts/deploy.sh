#!/usr/bin/env bash
# Deploys the extension, registers it and shows the handlers that Cluster API discovered.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

step "Extension in namespace $namespace"
need kubectl curl

run 'applying manifests/deploy' 'is the cluster there? scripts/cluster.sh, scripts/clusterctl.sh' \
  "${apply[@]}" --filename manifests/deploy
run 'waiting for the certificate' "kubectl --context kind-$cluster describe certificates --namespace $namespace" \
  "${kubectl[@]}" wait certificate --all --namespace "$namespace" --for condition=Ready --timeout 2m
pods() {
  run "waiting for the pods with label app=$extension" \
    "kubectl --context kind-$cluster describe pods --namespace $namespace; a missing image comes with scripts/image.sh" \
    "${kubectl[@]}" rollout status "deployment/$extension" --namespace "$namespace" --timeout 2m
}
pods
# An image that was pushed under the same name changes nothing in the manifests.
run 'asking the registry for the digest of the image' 'scripts/registry.sh, then scripts/image.sh' registry_digest
digest=$(cat "$output")
old=
if [[ $(running_digests | sort -u) == "$digest" ]]; then
  skip "they run ${digest:0:19}"
else
  old=$("${kubectl[@]}" get pods --namespace "$namespace" --selector "app=$extension" --output name)
  run "restarting them: the registry has ${digest:0:19}" "kubectl --context kind-$cluster describe pods --namespace $namespace" \
    "${kubectl[@]}" rollout restart "deployment/$extension" --namespace "$namespace"
  pods
  # Connections that the controller keeps lead to the old ones, which serve on for a while.
  # shellcheck disable=SC2086
  run 'waiting until the old ones are gone' "kubectl --context kind-$cluster get pods --namespace $namespace" \
    "${kubectl[@]}" wait $old --namespace "$namespace" --for delete --timeout 1m
fi
run 'registering manifests/extension-config.yaml' 'scripts/clusterctl.sh installs its kind' \
  "${apply[@]}" --filename manifests/extension-config.yaml
# Until it is discovered again, the handlers of the old pods would be shown.
[[ -z $old ]] || run 'forgetting what was discovered' 'scripts/clusterctl.sh installs its kind' \
  "${kubectl[@]}" patch extensionconfig "$extension" --subresource status --type merge --patch '{"status":{"conditions":null}}'
run 'waiting until it is discovered' \
  "kubectl --context kind-$cluster describe extensionconfig $extension names the reason" \
  "${kubectl[@]}" wait extensionconfig "$extension" --for condition=Discovered --timeout 1m

"${kubectl[@]}" get extensionconfig "$extension" --output \
  jsonpath='{range .status.handlers[*]}{.requestHook.hook} {.name}{"\n"}{end}' |
  awk '{ printf "      %-30s %s\n", $1, $2 }'
