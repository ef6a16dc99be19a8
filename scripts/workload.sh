#!/usr/bin/env bash
# A workload cluster in Docker, whose life calls the hooks: create, upgrade, update (in place), delete.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage="Usage: $script create [--every-hook] | upgrade [version] | update | delete

create               from Cluster API's quick start: the lifecycle hooks are called
create --every-hook  from manifests/workload: patches, variables and upgrade plan come from the extension, too
upgrade [version]    to $WORKLOAD_UPGRADE_VERSION unless another is given
update               changes a file of every Machine, in place (after create --every-hook)
delete               and waits until its containers are gone"

fix="scripts/logs.sh shows what the hooks answered; clusterctl describe cluster $workload --show-conditions all"
folder=manifests/workload

create() {
  local source=(--infrastructure "docker:$CLUSTER_API_VERSION" --flavor development)
  step "Workload cluster $workload $WORKLOAD_VERSION"
  if [[ ${1-} == --every-hook ]]; then
    source=(--from "$folder/cluster-template.yaml")
    run "applying $folder/cluster-class.yaml" 'scripts/deploy.sh registers the extension, which its patches name' \
      "${apply[@]}" --namespace default --filename "$folder/cluster-class.yaml"
  fi
  mkdir -p .dev
  # Without a management cluster: of one that has the ClusterClass already, clusterctl leaves out the class with all its
  # templates, also those that an earlier run could not apply.
  run 'generating .dev/workload.yaml' 'a rate limit of GitHub ends within the hour, or set GITHUB_TOKEN' \
    env KUBECONFIG=/dev/null clusterctl generate cluster "$workload" --target-namespace default \
    --kubernetes-version "$WORKLOAD_VERSION" --control-plane-machine-count 1 --worker-machine-count 1 \
    --write-to .dev/workload.yaml "${source[@]}"
  run 'applying it' "$fix" "${apply[@]}" --filename .dev/workload.yaml
  run 'waiting for its control plane (calls BeforeClusterCreate)' "$fix" \
    "${kubectl[@]}" wait "cluster/$workload" --for condition=ControlPlaneInitialized --timeout 10m
  run 'giving it the network of its node image' "$fix" install_network
  run 'waiting until it is available' "$fix" \
    "${kubectl[@]}" wait "cluster/$workload" --for condition=Available --timeout 10m
}

# kindnet, which every kindest/node image holds: nodes are not ready without a network.
install_network() {
  local node
  node=$(docker ps --filter "label=io.x-k8s.kind.cluster=$workload" \
    --filter label=io.x-k8s.kind.role=control-plane --format '{{.Names}}' | head -n 1)
  docker exec "$node" sh -c 'sed "s#{{ .PodSubnet }}#192.168.0.0/16#" /kind/manifests/default-cni.yaml |
    kubectl --kubeconfig /etc/kubernetes/admin.conf apply --filename -'
}

upgrade() {
  local version=${1-$WORKLOAD_UPGRADE_VERSION}
  step "Upgrade of $workload to $version"
  in_place off
  run "setting spec.topology.version" "$fix" \
    "${kubectl[@]}" patch cluster "$workload" --type merge --patch '{"spec":{"topology":{"version":"'"$version"'"}}}'
  run 'waiting for all Machines (calls BeforeClusterUpgrade and more)' "$fix" wait_for_version "$version"
}

wait_for_version() {
  local end=$((SECONDS + 1200)) versions
  while ((SECONDS < end)); do
    versions=$("${kubectl[@]}" get machines --selector "cluster.x-k8s.io/cluster-name=$workload" \
      --output jsonpath='{range .items[*]}{.spec.version} {.status.phase}{"\n"}{end}' | sort -u)
    [[ $versions != "$1 Running" ]] || return 0
    sleep 5
  done
  echo "20 minutes have passed; versions and phases of the Machines are now:"
  echo "$versions"
  return 1
}

update() {
  step "In-place update of $workload"
  in_place on
  # Another content each time: the same one would change nothing.
  run 'changing the variable files' 'scripts/workload.sh create --every-hook makes a cluster that has it' \
    "${kubectl[@]}" patch cluster "$workload" --type json --patch '[{"op":"replace","path":"/spec/topology/variables/0/value/0/content","value":"'"$(date)"'"}]'
  run 'waiting until it begins (calls CanUpdateMachine)' "$fix" \
    "${kubectl[@]}" wait "cluster/$workload" --for condition=RollingOut --timeout 2m
  run 'waiting until all Machines have it (calls UpdateMachine)' "$fix" \
    "${kubectl[@]}" wait "cluster/$workload" --for condition=RollingOut=False --timeout 10m
}

# The fake updates of this extension never end an upgrade of workers: they are off for upgrades.
in_place() {
  local disable=true
  [[ $1 == off ]] || disable=false
  run "setting disableInPlaceUpdates to \"$disable\"" 'scripts/deploy.sh registers the extension' \
    "${kubectl[@]}" patch extensionconfig "$extension" --type merge \
    --patch '{"spec":{"settings":{"disableInPlaceUpdates":"'"$disable"'"}}}'
}

delete() {
  step "Deletion of $workload"
  run 'waiting until its containers are gone (calls BeforeClusterDelete)' "$fix" \
    "${kubectl[@]}" delete cluster "$workload" --ignore-not-found --timeout 10m
}

need docker clusterctl kubectl
case "${1-} ${2-}" in
  'create ' | 'create --every-hook' | upgrade\ * | 'update ' | 'delete ') "$@" ;;
  *)
    explained=yes
    printf '%s\n' "$usage" >&2
    exit 2
    ;;
esac
