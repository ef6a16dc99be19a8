#!/usr/bin/env bash
# From nothing to a registered extension. Each step can also be run alone, and again.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need docker kind kubectl clusterctl curl

set -- registry cluster clusterctl image deploy
total=$#
while (($# > 0)); do
  again="Left: $*.
Run $script again: what is done is not done twice."
  doing="running scripts/$1.sh"
  STEP="$((total - $# + 1))/$total" "scripts/$1.sh" || {
    status=$?
    explained=yes
    ((status < 128)) || interrupted "$status"
    printf '\nStopped. %s\n' "$again" >&2
    exit 1
  }
  shift
done
cat <<'END'

The extension is registered. Next:
    scripts/workload.sh create     a workload cluster, which calls the hooks
    scripts/logs.sh --follow       the calls
    scripts/reload.sh              after an edit; with --watch at every save
    scripts/down.sh                removes all of it
END
