#!/usr/bin/env bash
# After an edit: builds on this machine, pushes the layer that changed, deletes the pods, waits for the new ones.
# With --watch at every save. Other arguments go to "docker build".
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need docker kubectl npm curl
watch=no
[[ ${1-} != --watch ]] || { watch=yes && shift; }

reload() {
  local started=$SECONDS digest
  step 'Reload'
  run 'building dist/extension.cjs' 'mend what is named above; npm ci brings the build itself' npm run build
  build_image --build-arg BUNDLE=host "$@"
  digest=$(registry_digest)
  # They are gone when the others are ready: connections that the controller keeps would lead to the old ones.
  run "deleting the pods with label app=$extension" 'scripts/deploy.sh deploys the extension' \
    "${kubectl[@]}" delete pod --namespace "$namespace" --selector "app=$extension" --grace-period 1
  run "waiting for pods that run ${digest:0:19}" \
    "kubectl --context kind-$cluster logs --namespace $namespace --selector app=$extension" wait_for_digest "$digest"
  run 'having it discovered again' 'scripts/deploy.sh registers the extension' rediscover "${digest:7:12}"
  printf 'Reloaded in %s s\n' $((SECONDS - started))
}

wait_for_digest() {
  local end=$((SECONDS + 60))
  while ((SECONDS < end)); do
    [[ $(running_digests | sort -u) != "$1" ]] || return 0
    sleep 0.5
  done
  echo "a minute has passed; the pods run:"
  running_digests
  return 1
}

if [[ $watch == no ]]; then
  reload "$@"
else
  # A broken edit ends one reload, not the watch.
  changed=$output.changed
  trap 'rm -f "$changed"; end $?' EXIT
  # Ctrl-C is its ordinary end.
  trap 'explained=yes; exit 130' INT
  touch "$changed"
  printf '%s\n' 'Watching src for changes; Ctrl-C ends it.'
  while sleep 0.5; do
    [[ -n $(find src -newer "$changed" -type f | head -n 1) ]] || continue
    touch "$changed"
    "$script" "$@" || true
  done
fi
