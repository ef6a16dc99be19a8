#!/usr/bin/env bash
# Installs kind, clusterctl and kubectl of scripts/versions.env into ./bin, each only when its checksum is right.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

step "Tools in $PWD/bin"
need curl awk
if command -v sha256sum >/dev/null; then sum=(sha256sum); else sum=(shasum -a 256) && need shasum; fi

platform=$(uname -s | tr '[:upper:]' '[:lower:]')
case $(uname -m) in
  x86_64 | amd64) platform+=/amd64 ;;
  arm64 | aarch64) platform+=/arm64 ;;
  *) stop "install kind, clusterctl and kubectl by hand: there are none for $(uname -m) here" ;;
esac
flat=${platform/\//-}
github=https://github.com/kubernetes-sigs

download() { curl --fail --silent --show-error --location --retry 3 "$@"; }

# asset_digest REPOSITORY TAG NAME: the SHA-256 that GitHub gives for a file of a release.
asset_digest() {
  download "https://api.github.com/repos/$1/releases/tags/$2" | tr ',{[' '\n' | awk -F '"' -v name="$3" '
    $2 == "name" { found = $4 == name }
    found && $2 == "digest" { sub(/^sha256:/, "", $4); print $4; exit }'
}

# install NAME VERSION URL CHECKSUM-COMMAND...
install() {
  local name=$1 version=$2 url=$3 target=bin/$1
  shift 3
  if [[ -x $target && $(cat "$target.version" 2>/dev/null) == "$version" ]]; then
    skip "$name $version"
    return
  fi
  mkdir -p bin
  run "downloading $name $version" 'look at the network, then run this again' download --output "$target.part" "$url"
  run 'comparing its checksum with the published one' \
    "$name was not installed. Run this again, in an hour if GitHub limits the rate; if the checksums differ again, tell its makers" \
    compare "$target.part" "$@"
  chmod +x "$target.part"
  mv "$target.part" "$target"
  echo "$version" >"$target.version"
}

compare() {
  local file=$1 published actual
  shift
  published=$("$@" | awk '{ print $1; exit }')
  actual=$("${sum[@]}" "$file" | awk '{ print $1 }')
  echo "published: $published"
  echo "actual:    $actual"
  [[ ${#published} == 64 && $published == "$actual" ]] || { rm -f "$file" && return 1; }
}

url=$github/kind/releases/download/$KIND_VERSION/kind-$flat
install kind "$KIND_VERSION" "$url" download "$url.sha256sum"
# Cluster API publishes no checksum files; GitHub computes a digest of each file at its upload.
install clusterctl "$CLUSTER_API_VERSION" "$github/cluster-api/releases/download/$CLUSTER_API_VERSION/clusterctl-$flat" \
  asset_digest kubernetes-sigs/cluster-api "$CLUSTER_API_VERSION" "clusterctl-$flat"
url=https://dl.k8s.io/$KUBECTL_VERSION/bin/$platform/kubectl
install kubectl "$KUBECTL_VERSION" "$url" download "$url.sha256"
