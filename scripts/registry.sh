#!/usr/bin/env bash
# Runs a container registry on localhost:5001 that comes back when Docker does.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

step 'Registry on localhost:5001'
need docker curl

docker version >"$output" 2>&1 ||
  failed 'start Docker, and check that "docker version" shows a server' docker version

if ! docker container inspect "$registry" >/dev/null 2>&1; then
  taken=$(docker ps --filter publish=5001 --format '{{.Names}}')
  [[ -z $taken ]] || stop "port 5001 is taken by the container $taken: docker stop $taken"
  run "starting $registry from $REGISTRY_IMAGE" \
    "if port 5001 is taken, find the program with \"lsof -nP -iTCP:5001 -sTCP:LISTEN\" and stop it, then: docker rm --force $registry" \
    docker run --detach --restart always --name "$registry" --label "$label" \
    --publish 127.0.0.1:5001:5000 "$REGISTRY_IMAGE"
else
  ports=$(docker container inspect --format \
    '{{range $port, $all := .HostConfig.PortBindings}}{{range $all}}{{.HostIp}}:{{.HostPort}}->{{$port}} {{end}}{{end}}' "$registry")
  case " $ports" in
    *' 127.0.0.1:5001->5000/tcp '* | *':5001->5000/tcp '*) ;;
    *) stop "the container $registry publishes ${ports:-no port }and not 127.0.0.1:5001->5000/tcp. If nobody needs it: docker rm --force $registry" ;;
  esac
  if [[ $(docker container inspect --format '{{.State.Running}}' "$registry") == true ]]; then
    skip "$registry is running"
  else
    run "starting $registry" "docker rm --force $registry, then run this again" docker start "$registry"
  fi
fi
run 'waiting for it to answer' "read \"docker logs $registry\"" \
  curl --fail --silent --show-error --retry 30 --retry-delay 1 --retry-all-errors http://localhost:5001/v2/
