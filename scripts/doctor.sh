#!/usr/bin/env bash
# Looks at everything that the workflow needs. Each line is ok, or says how to mend it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

sick=no
# check WHAT MEND COMMAND...: what the command prints is what was found.
check() {
  local what=$1 mend=$2
  shift 2
  doing="checking $what"
  healthy=yes
  "$@" >"$output" 2>&1 || { healthy=no && sick=yes; }
  if [[ $healthy == yes ]]; then
    printf 'ok    %s\n' "$what"
  else
    printf 'mend  %s\n' "$what"
    sed -n '1s/^/      found: /p' "$output"
    printf '      %s\n' "$mend"
  fi
}

# has TEXT COMMAND...
has() {
  local text=$1 found
  shift
  found=$("$@" 2>&1)
  echo "$found"
  [[ $found == *"$text"* ]]
}
# at_least NUMBER MINIMUM
at_least() { echo "${1:-nothing}" && [[ $1 =~ ^[0-9]+$ ]] && (($1 >= $2)); }

docker_version() {
  local version
  version=$(docker version --format '{{.Server.Version}}') && at_least "${version%%.*}" "${DOCKER_MINIMUM_VERSION%%.*}"
}
kubectl_version() {
  local minor=${KUBECTL_VERSION#v1.} given
  minor=${minor%%.*}
  given=$(kubectl version --client --output yaml | awk '$1 == "minor:" { gsub(/[^0-9]/, "", $2); print $2 }')
  echo "v1.$given"
  at_least "$given" $((minor - 1)) && ((given <= minor + 1))
}
free_disk() { at_least "$(df -Pm . | awk 'NR == 2 { print $4 }')" 15000; }
# limit NAME MINIMUM: macOS has none.
limit() { [[ ! -e /proc/sys/fs/inotify/$1 ]] || at_least "$(cat "/proc/sys/fs/inotify/$1")" "$2"; }
# gates NAMESPACE GATE...
gates() {
  local found gate
  found=$(feature_gates "$1")
  echo "$found"
  shift
  for gate in "$@"; do [[ $found == *"$gate=true"* ]] || return 1; done
}
ready() { "${kubectl[@]}" wait "$@" --timeout 1s; }
same_image() {
  local running
  running=$(running_digests | sort -u)
  echo "${running:-no pod}"
  [[ -n $running && $running == "$(registry_digest)" ]]
}

in_bin='scripts/tools.sh puts it into ./bin'
check "docker $DOCKER_MINIMUM_VERSION or later, and running" "start or update Docker:$(advice docker)" docker_version
check "kind $KIND_VERSION" "$in_bin" has "$KIND_VERSION " kind version
check "clusterctl $CLUSTER_API_VERSION" "$in_bin" has "$CLUSTER_API_VERSION" clusterctl version --output short
check "kubectl near $KUBECTL_VERSION" "$in_bin" kubectl_version
check '15 GB of free disk' '"docker system prune" frees what Docker does not need' free_disk
for setting in max_user_watches=524288 max_user_instances=512; do
  check "inotify $setting or more" "sudo sysctl fs.inotify.$setting" limit "${setting%=*}" "${setting#*=}"
done
check 'the registry answers on localhost:5001' 'scripts/registry.sh' curl --fail --silent --show-error --max-time 5 http://localhost:5001/v2/
check "the kind cluster $cluster answers" 'scripts/cluster.sh' "${kubectl[@]}" get --raw /readyz
[[ $healthy == yes ]] || stop 'mend these from top to bottom; what stands on them was not looked at'

for name in $controllers; do
  check "the controllers in $name are available" scripts/clusterctl.sh ready deployment --all --namespace "$name" --for condition=Available
done
off='installed without it: scripts/down.sh, then scripts/up.sh'
check 'runtime hooks are on in the core controller' "$off" gates capi-system RuntimeSDK ClusterTopology InPlaceUpdates
check 'in-place updates are on in the control plane controller' "$off" gates capi-kubeadm-control-plane-system InPlaceUpdates
check "the registry has $image" scripts/image.sh has sha256: registry_digest
check 'the certificate is ready' "kubectl describe certificates --namespace $namespace" \
  ready certificate --all --namespace "$namespace" --for condition=Ready
check "the Service $extension has ready pods" "scripts/deploy.sh, or kubectl describe pods --namespace $namespace" \
  has true "${kubectl[@]}" get endpointslices --namespace "$namespace" --selector "kubernetes.io/service-name=$extension" \
  --output jsonpath='{.items[*].endpoints[*].conditions.ready}'
check 'the pods run the image of the registry' 'scripts/reload.sh' same_image
check "the ExtensionConfig $extension is discovered" "scripts/deploy.sh, or kubectl describe extensionconfig $extension" \
  ready extensionconfig "$extension" --for condition=Discovered
[[ $sick == no ]] || { explained=yes && exit 1; }
