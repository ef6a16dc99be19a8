#!/usr/bin/env bash
# Builds the image in containers and pushes it. Arguments go to "docker build".
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

step "Image $image"
need docker
build_image "$@"
