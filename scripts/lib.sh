# Names, versions and how steps are shown, for all scripts here. Bash 3.2 suffices: macOS has no other.
# shellcheck shell=bash
set -o errexit -o nounset -o pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# scripts/tools.sh installs there.
PATH="$PWD/bin:$PATH"
set -o allexport
# shellcheck source=scripts/versions.env
source scripts/versions.env
set +o allexport
# Else each call asks GitHub for a newer clusterctl, for a minute where it cannot be reached.
export CLUSTERCTL_DISABLE_VERSIONCHECK=true
# They hold the time of the build: an image that is built again without a change would be another one.
export BUILDX_NO_DEFAULT_ATTESTATIONS=true

# The manifests hold the same names.
# shellcheck disable=SC2034
{
  cluster=capi-sample-extension
  registry=kind-registry
  image=localhost:5001/capi-sample-extension
  extension=sample-extension
  namespace=sample-extension-system
  workload=capi-quickstart-docker
  # Marks the registry as made here: down.sh leaves another one alone.
  label=capi-sample-extension=registry
  # Never the current context: it may be somebody's production.
  kubectl=(kubectl --context "kind-$cluster")
  # Controllers that have just started may not answer for their objects yet.
  apply=(retry 60 'failed calling webhook' "${kubectl[@]}" apply)
  controllers='capi-system capi-kubeadm-bootstrap-system capi-kubeadm-control-plane-system capd-system'
}

script="scripts/$(basename "$0")"
output=$(mktemp "${TMPDIR:-/tmp}/capi-sample-extension.XXXXXX")
doing='starting'
again="Run $script again: what is done is not done twice."
explained=
trap 'end $?' EXIT
trap 'interrupted 130' INT
trap 'interrupted 143' TERM

# Whatever else fails under errexit does not pass in silence.
end() {
  rm -f "$output"
  [[ $1 == 0 || -n $explained ]] || printf '\n%s\n' "$script failed while $doing, with exit code $1." >&2
}

interrupted() {
  trap - INT TERM
  explained=yes
  # Of several scripts that run one in another, the outermost speaks.
  [[ -n ${STEP-} ]] || printf '\n\nInterrupted while %s.\n%s\n' "$doing" "$again" >&2
  exit "$1"
}

# step TITLE: a heading, numbered when another script runs this one as a step.
step() {
  doing=$1
  printf '%s%s\n' "${STEP:+$STEP }" "$1"
}

# run WHAT FIX COMMAND...: one line with the seconds it took, or why it failed and what to do.
run() {
  local fix=$2 started=$SECONDS
  doing=$1
  printf '    %-64s' "$1"
  shift 2
  if "$@" >"$output" 2>&1; then
    printf ' %5s s\n' $((SECONDS - started))
  else
    printf '  failed\n'
    failed "$fix" "$@"
  fi
}

# retry SECONDS TEXT COMMAND...: again while it fails with that text, or with any when the text is empty.
retry() {
  local end=$((SECONDS + $1)) text=$2 said
  shift 2
  until said=$("$@" 2>&1); do
    if [[ $said != *"$text"* ]] || ((SECONDS >= end)); then
      echo "$said"
      return 1
    fi
    sleep 0.5
  done
}

# skip WHAT [WHY]: a line for what needs no doing.
skip() { printf '    %-64s %s\n' "$1" "${2-already}"; }

# failed FIX COMMAND...: ends with the command, its output and what to do.
failed() {
  local fix=$1
  shift
  [[ $1 != retry ]] || shift 3
  printf '\n    $ %s\n' "$*" >&2
  tail -n 40 "$output" | sed 's/^/      /' >&2
  stop "$fix"
}

# stop FIX: ends with what to do.
stop() {
  explained=yes
  printf '\n%s\n' "What to do: $1" >&2
  exit 1
}

# need COMMAND...: ends unless they are all installed.
need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || stop "install $tool: it is not on the PATH.$(advice "$tool")"
  done
}

advice() {
  case $1 in
    kind | clusterctl | kubectl) echo " scripts/tools.sh puts it into ./bin." ;;
    docker) echo " See https://docs.docker.com/get-started/get-docker/" ;;
    npm | node) echo " Node 24 or later brings npm: https://nodejs.org" ;;
  esac
}

# registry_digest: the digest of the image's tag latest in the registry; fails when it is not there.
registry_digest() {
  curl --fail --silent --show-error --head --max-time 5 \
    --header 'Accept: application/vnd.oci.image.index.v1+json' \
    --header 'Accept: application/vnd.oci.image.manifest.v1+json' \
    --header 'Accept: application/vnd.docker.distribution.manifest.list.v2+json' \
    --header 'Accept: application/vnd.docker.distribution.manifest.v2+json' \
    "http://${image/\///v2/}/manifests/latest" |
    tr -d '\r' | awk 'tolower($1) == "docker-content-digest:" { print $2 }'
}

# running_digests: of each ready pod that is not ending, the digest that it runs, or "starting".
running_digests() {
  "${kubectl[@]}" get pods --namespace "$namespace" --selector "app=$extension" --output go-template='
    {{- range .items }}{{ if not .metadata.deletionTimestamp }}
      {{- range .status.containerStatuses }}{{ if .ready }}{{ .imageID }}{{ else }}starting{{ end }}{{ "\n" }}
      {{- else }}starting{{ "\n" }}{{ end }}{{ end }}{{ end }}' | sed 's/.*@//'
}

# feature_gates NAMESPACE: the feature gates of the controller there.
feature_gates() {
  "${kubectl[@]}" get deployments --namespace "$1" \
    --output jsonpath='{.items[*].spec.template.spec.containers[*].args}' | grep -o 'feature-gates=[^" ]*'
}

# rediscover WHY: the controller asks for the handlers again, and forgets the variables that it caches for 10 minutes.
rediscover() {
  "${kubectl[@]}" annotate extensionconfig "$extension" --overwrite "$extension/rediscovered-for=$1"
}

# build_image ARGUMENT...: builds and pushes; the arguments go to "docker build".
build_image() {
  run "building $image" 'read the build output above; behind a proxy or mirror, pass --build-arg (see README.md)' \
    docker build --tag "$image" --build-arg "REVISION=$(git describe --always --dirty 2>/dev/null || echo unknown)" "$@" .
  run 'pushing it' 'scripts/registry.sh starts the registry' docker push "$image"
}
