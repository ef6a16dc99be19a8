#!/usr/bin/env bash
# A workload cluster in Docker, whose life calls the hooks: create, upgrade, update (in place), delete.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage="Usage: $script create [--every-hook [1|3]] | upgrade [version] | update | delete

create               from Cluster API's quick start: the lifecycle hooks are called
create --every-hook  from manifests/workload: patches, variables and upgrade plan come from the extension, too;
                     with 3 Machines of the control plane instead of 1 these are updated in place, too
upgrade [version]    to $WORKLOAD_UPGRADE_VERSION unless another is given
update               changes a file of every Machine, in place (after create --every-hook)
delete               and waits until its containers are gone"

fix="scripts/logs.sh shows what the hooks answered; clusterctl describe cluster $workload --show-conditions all"
folder=manifests/workload
class=sample-extension

create() {
  local source=(--infrastructure "docker:$CLUSTER_API_VERSION" --flavor development) machines=${2-1}
  step "Workload cluster $workload $WORKLOAD_VERSION"
  if [[ ${1-} == --every-hook ]]; then
    source=(--from "$folder/cluster-template.yaml")
    [[ $machines != 3 ]] || export CONTROL_PLANE_MAX_SURGE=0
    run "applying $folder/cluster-class.yaml" 'scripts/deploy.sh registers the extension, which its patches name' \
      "${apply[@]}" --namespace default --filename "$folder/cluster-class.yaml"
  fi
  mkdir -p .dev
  # Without a management cluster: of one that has the ClusterClass already, clusterctl leaves out the class with all its
  # templates, also those that an earlier run could not apply.
  run 'generating .dev/workload.yaml' 'a rate limit of GitHub ends within the hour, or set GITHUB_TOKEN' \
    env KUBECONFIG=/dev/null clusterctl generate cluster "$workload" --target-namespace default \
    --kubernetes-version "$WORKLOAD_VERSION" --control-plane-machine-count "$machines" --worker-machine-count 1 \
    --write-to .dev/workload.yaml "${source[@]}"
  run 'applying it' "$fix" "${apply[@]}" --filename .dev/workload.yaml
  run 'waiting for its control plane (calls BeforeClusterCreate)' "$fix" \
    "${kubectl[@]}" wait "cluster/$workload" --for condition=ControlPlaneInitialized --timeout 10m
  run 'giving it the network of its node image' "$fix" install_network
  run 'waiting until it is available' "$fix" \
    "${kubectl[@]}" wait "cluster/$workload" --for condition=Available --timeout 10m
  run 'waiting for all its Machines' "$fix" wait_for_machines
}

wait_for_machines() {
  "${kubectl[@]}" wait "cluster/$workload" --for condition=ScalingUp=False --timeout 10m &&
    "${kubectl[@]}" wait machines --selector "cluster.x-k8s.io/cluster-name=$workload" --for condition=Ready --timeout 10m
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
  local machines updates
  step "In-place update of $workload"
  [[ $("${kubectl[@]}" get cluster "$workload" --output jsonpath='{.spec.topology.classRef.name}') == "$class" ]] ||
    stop "$workload is not of the ClusterClass $class, whose Machines can be updated in place: $script delete, then $script create --every-hook"
  # One of the control plane that is not well would be replaced.
  run 'waiting for all its Machines' "$fix" wait_for_machines
  machines=$(list_machines)
  updates=$(list_updates)
  in_place on
  # Another content each time: the same one would change nothing.
  run 'changing the variable files' "$fix" \
    "${kubectl[@]}" patch cluster "$workload" --type json --patch '[{"op":"replace","path":"/spec/topology/variables/0/value/0/content","value":"'"$(date)"'"}]'
  run 'waiting until it begins (calls CanUpdateMachineSet)' "$fix" \
    "${kubectl[@]}" wait "cluster/$workload" --for condition=RollingOut --timeout 2m
  run 'waiting until all Machines have it (calls UpdateMachine)' "$fix" \
    "${kubectl[@]}" wait "cluster/$workload" --for condition=RollingOut=False --timeout 10m
  in_place off
  check_update "$machines" "$updates"
}

# Those that stay: an old Machine of the control plane is still being deleted when the rollout is over.
list_machines() {
  "${kubectl[@]}" get machines --selector "cluster.x-k8s.io/cluster-name=$workload" --output go-template='
    {{- range .items }}{{ if not .metadata.deletionTimestamp }}
      {{- .metadata.name }} {{ (index .metadata.ownerReferences 0).kind }}{{ "\n" }}{{ end }}{{ end }}'
}

# What the controllers tell of Machines that they have begun to update in place.
list_updates() {
  "${kubectl[@]}" get events --field-selector reason=SuccessfulStartInPlaceUpdate \
    --output jsonpath='{range .items[*]}{.involvedObject.name} {.metadata.uid} {.count}{"\n"}{end}'
}

# check_update MACHINES UPDATES: of those before. A Machine that is updated in place keeps its name.
check_update() {
  local name owner verdict surge now updates wrong=no
  now=$(list_machines)
  updates=$(list_updates | grep -vxF "$2" || true)
  surge=$("${kubectl[@]}" get kubeadmcontrolplanes --selector "cluster.x-k8s.io/cluster-name=$workload" \
    --output jsonpath='{.items[*].spec.rollout.strategy.rollingUpdate.maxSurge}')
  while read -r name owner; do
    if [[ $updates == *"$name "* && $now == *"$name "* ]]; then
      verdict='updated in place'
    elif [[ $now == *"$name "* ]]; then
      verdict='kept, but not updated' wrong=yes
    elif [[ $owner == KubeadmControlPlane ]] && ((surge > 0)); then
      # Its controller adds a Machine first, and deletes one of the old ones for it.
      verdict="replaced, since maxSurge is $surge" surge=$((surge - 1))
    else
      verdict=replaced wrong=yes
    fi
    skip "$owner's $name" "$verdict"
  done <<<"$1"
  [[ $wrong == no ]] || stop "not all was done in place. $fix"
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
case "$*" in
  create | 'create --every-hook' | 'create --every-hook '[13] | upgrade | upgrade\ v* | update | delete) "$@" ;;
  *)
    explained=yes
    printf '%s\n' "$usage" >&2
    exit 2
    ;;
esac
