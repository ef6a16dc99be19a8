#!/usr/bin/env bash
# Lets the controllers in kind call "npm run dev" on this machine, without an image; Ctrl-C takes it back.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

step 'Extension on this machine'
need docker kubectl npm curl

# Where pods reach this machine: Docker Desktop has a name for it, elsewhere it is the gateway of the network kind.
bind=127.0.0.1
host=${LAPTOP_HOST-host.docker.internal}
if [[ -z ${LAPTOP_HOST-} && $(uname -s) != Darwin && $(docker info --format '{{.OperatingSystem}}') != 'Docker Desktop' ]]; then
  host=$(docker network inspect kind --format '{{range .IPAM.Config}}{{println .Gateway}}{{end}}' | awk '/\./ { print; exit }')
  bind=$host
fi
[[ -n $host ]] || stop 'scripts/cluster.sh makes the network kind; LAPTOP_HOST=<address> names another way to this machine'
url=https://$host:9443
certificates=.dev/certificates

run "making a certificate for $host" 'npm ci' npm exec -- node --input-type=module --eval "
  import { ensureCertificates } from './src/dev/certificate-directory.ts'
  await ensureCertificates('$certificates', ['localhost', '127.0.0.1', '::1', '$host'])"

take_back() {
  local status=$? while=$doing tenths=0
  trap '' INT TERM
  kill -- "-${watcher:-none}" "-${server:-none}" 2>/dev/null || true
  # What the server prints last comes before what follows. A handler that never ends is not waited for.
  while kill -0 -- "-${server:-none}" 2>/dev/null && ((++tenths < 30)); do sleep 0.1; done
  kill -KILL -- "-${server:-none}" 2>/dev/null || true
  rm -f "$output.changed"
  printf '\n'
  step 'Taking it back'
  if "${kubectl[@]}" get "deployment/$extension" --namespace "$namespace" >/dev/null 2>&1; then
    run 'registering manifests/extension-config.yaml' 'scripts/deploy.sh' \
      "${apply[@]}" --filename manifests/extension-config.yaml
  else
    run "deleting the ExtensionConfig $extension" 'scripts/down.sh extension' \
      "${kubectl[@]}" delete extensionconfig "$extension" --ignore-not-found --timeout 1m
  fi
  doing=$while
  end "$status"
}

# The same ExtensionConfig, with the URL and its authority in place of the Service and its Secret.
register() {
  local authority manifest
  authority=$(base64 <"$certificates/ca.crt" | tr -d '\n')
  manifest=$("${kubectl[@]}" patch --local --filename manifests/extension-config.yaml --output yaml --type json --patch '[
    {"op":"remove","path":"/metadata/annotations/runtime.cluster.x-k8s.io~1inject-ca-from-secret"},
    {"op":"replace","path":"/spec/clientConfig","value":{"url":"'"$url"'","caBundle":"'"$authority"'"}}]') || return
  "${kubectl[@]}" apply --filename - <<<"$manifest"
}

ask() {
  curl --fail --silent --show-error --retry 20 --retry-delay 1 --retry-all-errors --cacert "$certificates/ca.crt" \
    --connect-to "$host:9443:$bind:9443" --data '{}' "$url/hooks.runtime.cluster.x-k8s.io/v1alpha1/$1"
}
# What Cluster API caches: the handlers and the variables.
declared() { { ask discovery && ask discovervariables/discover-variables; } | cksum | tr ' ' -; }

watch() {
  local known now changed=$output.changed
  run "waiting until $url is served" 'read what it printed above' ask discovery
  known=$(declared 2>/dev/null)
  run "calling $url from kind" "a firewall on this machine may refuse it; LAPTOP_HOST=<address> names another way" \
    docker exec "$cluster-control-plane" curl --insecure --silent --show-error --max-time 5 --output /dev/null "$url"
  run 'registering it' 'scripts/clusterctl.sh installs Cluster API' register
  run 'waiting until it is discovered' "kubectl --context kind-$cluster describe extensionconfig $extension" \
    "${kubectl[@]}" wait extensionconfig "$extension" --for condition=Discovered --timeout 1m
  touch "$changed"
  while sleep 1; do
    [[ -n $(find src -newer "$changed" -type f | head -n 1) ]] || continue
    touch "$changed"
    sleep 1
    now=$(declared 2>/dev/null) || continue
    [[ $now != "$known" ]] || continue
    known=$now
    run 'handlers or variables changed: having them discovered again' "$again" rediscover "$now"
  done
}

# Two write to this terminal at once: a line comes as a whole.
whole_lines() {
  local line
  while IFS= read -r line; do printf '%s\n' "$line"; done
}

trap take_back EXIT
trap 'explained=yes; exit 0' INT TERM
# Jobs with process groups of their own end with all that they started, and a signal need not wait for npm.
set -m
npm run dev -- "--webhook-host=$bind" </dev/null &
server=$!
watch > >(whole_lines) 2>&1 </dev/null &
watcher=$!
set +m
doing="serving $url"
wait "$server"
