#!/usr/bin/env bash
# Installs Cluster API with runtime hooks on, the kubeadm and Docker providers, and cert-manager.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

step "Cluster API $CLUSTER_API_VERSION"
need clusterctl kubectl

# What "clusterctl init" writes into the controllers' arguments.
export EXP_MACHINE_POOL=true CLUSTER_TOPOLOGY=true EXP_RUNTIME_SDK=true EXP_IN_PLACE_UPDATES=true

missing=()
provider() {
  if "${kubectl[@]}" get providers.clusterctl.cluster.x-k8s.io "$1" --namespace "$2" >/dev/null 2>&1; then
    skip "provider $1"
  else
    missing+=("$3" "$4:$CLUSTER_API_VERSION")
  fi
}
provider cluster-api capi-system --core cluster-api
provider bootstrap-kubeadm capi-kubeadm-bootstrap-system --bootstrap kubeadm
provider control-plane-kubeadm capi-kubeadm-control-plane-system --control-plane kubeadm
provider infrastructure-docker capd-system --infrastructure docker

if ((${#missing[@]} > 0)); then
  run 'installing what is missing (2 minutes the first time)' \
    'a rate limit of GitHub ends within the hour, or set GITHUB_TOKEN; else: kubectl get pods --all-namespaces' \
    clusterctl init --kubeconfig-context "kind-$cluster" --wait-providers "${missing[@]}"
fi
for name in $controllers; do
  run "waiting for $name" "kubectl --context kind-$cluster describe pods --namespace $name" \
    "${kubectl[@]}" wait deployment --all --namespace "$name" --for condition=Available --timeout 5m
done

# Deployments are also called available for a while after their node was started again. One object for each of them.
ask_webhooks() {
  "${kubectl[@]}" apply --dry-run=server --namespace default --filename - <<'END'
apiVersion: cluster.x-k8s.io/v1beta2
kind: Cluster
metadata: { name: dry-run }
spec: { infrastructureRef: { apiGroup: infrastructure.cluster.x-k8s.io, kind: DevCluster, name: dry-run } }
---
apiVersion: bootstrap.cluster.x-k8s.io/v1beta2
kind: KubeadmConfigTemplate
metadata: { name: dry-run }
spec: { template: { spec: { format: cloud-config } } }
---
apiVersion: controlplane.cluster.x-k8s.io/v1beta2
kind: KubeadmControlPlaneTemplate
metadata: { name: dry-run }
spec: { template: { spec: { kubeadmConfigSpec: { format: cloud-config } } } }
---
apiVersion: infrastructure.cluster.x-k8s.io/v1beta2
kind: DevMachineTemplate
metadata: { name: dry-run }
spec: { template: { spec: { backend: { docker: {} } } } }
END
}
run 'waiting for their webhooks' "kubectl --context kind-$cluster get pods --all-namespaces" \
  retry 120 'failed calling webhook' ask_webhooks

[[ $(feature_gates capi-system) == *RuntimeSDK=true* ]] ||
  stop "this Cluster API was installed without runtime hooks: scripts/down.sh, then scripts/up.sh"
