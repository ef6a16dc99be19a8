#!/usr/bin/env bash
# Makes a kind cluster whose nodes pull localhost:5001/… from the registry.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

step "Management cluster $cluster"
need docker kind kubectl

kind get clusters >"$output" 2>&1 || failed 'start Docker, and check that "docker version" shows a server' kind get clusters
if grep -qx "$cluster" "$output"; then
  skip "kind cluster $cluster"
else
  run 'creating it (the first time pulls 1 GB)' \
    "scripts/doctor.sh looks at disk and inotify limits; what was half made goes with: kind delete cluster --name $cluster" \
    kind create cluster --name "$cluster" --image "$NODE_IMAGE" --config manifests/kind-cluster.yaml --wait 3m
fi

folder=/etc/containerd/certs.d/localhost:5001
hosts="[host.\"http://$registry:5000\"]"
nodes=$(kind get nodes --name "$cluster")
for node in $nodes; do
  if [[ $(docker container inspect --format '{{.State.Running}}' "$node") != true ]]; then
    run "starting $node" "docker logs $node" docker start "$node"
  fi
  if [[ $(docker exec "$node" cat "$folder/hosts.toml" 2>/dev/null) == "$hosts" ]]; then
    skip "$node pulls from $registry"
  else
    run "letting $node pull from it" "docker logs $node" \
      docker exec "$node" sh -c "mkdir -p $folder && echo '$hosts' >$folder/hosts.toml"
  fi
done

if [[ $(docker container inspect --format '{{json .NetworkSettings.Networks.kind}}' "$registry" 2>/dev/null) == '{'* ]]; then
  skip "$registry is in the network kind"
else
  run "connecting $registry to the network kind" 'scripts/registry.sh starts the registry' \
    docker network connect kind "$registry"
fi
run 'waiting for the API server' "docker logs $cluster-control-plane" \
  retry 120 '' "${kubectl[@]}" get --raw /readyz
run 'saying in the cluster where the registry is' "kubectl cluster-info --context kind-$cluster" \
  "${kubectl[@]}" apply --filename manifests/local-registry-configmap.yaml
