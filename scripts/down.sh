#!/usr/bin/env bash
# Removes what up.sh and workload.sh made; with the argument "extension" only the extension.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

only=${1-everything}
[[ $only == everything || $only == extension ]] || stop "run $script or $script extension"
need docker kind kubectl

step 'Extension'
kind get clusters >"$output" 2>&1 || failed 'start Docker, and check that "docker version" shows a server' kind get clusters
exists=no
! grep -qx "$cluster" "$output" || exists=yes

installed() { [[ $exists == yes ]] && "${kubectl[@]}" get crd "$1" >/dev/null 2>&1; }

# First: the core controller exits when it starts and cannot discover one, and its hooks could hold back what follows.
if installed extensionconfigs.runtime.cluster.x-k8s.io; then
  run "deleting the ExtensionConfig $extension" "kubectl --context kind-$cluster describe extensionconfig $extension" \
    "${kubectl[@]}" delete extensionconfig "$extension" --ignore-not-found --timeout 2m
else
  skip "ExtensionConfig $extension" none
fi
if installed certificates.cert-manager.io; then
  # Before their namespace, which looks for them again only after half of their 45 seconds; and without these seconds, which
  # a cascade would give them: nobody calls them any more.
  run 'deleting the pods' "kubectl --context kind-$cluster get all --namespace $namespace" \
    "${kubectl[@]}" delete deployments,replicasets,pods --namespace "$namespace" --selector "app=$extension" \
    --cascade=orphan --grace-period 1 --ignore-not-found --timeout 2m
  run 'deleting manifests/deploy' "kubectl --context kind-$cluster get all --namespace $namespace" \
    "${kubectl[@]}" delete --filename manifests/deploy --ignore-not-found --timeout 5m
else
  skip 'manifests/deploy' none
fi
[[ $only == everything ]] || exit 0

step 'Clusters and registry'
if installed clusters.cluster.x-k8s.io; then
  run 'deleting workload clusters' "kubectl --context kind-$cluster get clusters,machines --all-namespaces" \
    "${kubectl[@]}" delete clusters.cluster.x-k8s.io --all --all-namespaces --timeout 10m
fi
# Of a management cluster that could not delete them any more.
containers=$(docker ps --all --quiet --filter "label=io.x-k8s.kind.cluster=$workload")
for container in $containers; do
  run "removing the container $container of $workload" 'docker ps --all' docker rm --force --volumes "$container"
done
if [[ $exists == yes ]]; then
  run "deleting the kind cluster $cluster" 'docker ps --all' kind delete cluster --name "$cluster"
else
  skip "kind cluster $cluster" none
fi

if [[ -n $(docker ps --all --quiet --filter "name=^$registry\$" --filter "label=$label") ]]; then
  run "removing $registry and its images" 'docker ps --all' docker rm --force --volumes "$registry"
elif docker container inspect "$registry" >/dev/null 2>&1; then
  skip "$registry, which scripts/registry.sh did not make" stays
else
  skip "registry $registry" none
fi
