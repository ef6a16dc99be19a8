#!/usr/bin/env bash
# The calls of the hooks: the log lines with SPIKE, shortened. Arguments go to "kubectl logs": --follow, --since 10m.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need kubectl
doing='reading the logs'
trap 'explained=yes; exit 130' INT

"${kubectl[@]}" logs --namespace "$namespace" --selector "app=$extension" --tail -1 "$@" |
  awk '/SPIKE / {
    found = 1
    time = message = fields = $0
    sub(/.*"time":"[^"T]*T/, "", time); sub(/\..*/, "", time)
    sub(/.*"msg":"/, "", message); sub(/".*/, "", message)
    sub(/.*"time":"[^"]*",/, "", fields); sub(/"hook":"[^"]*",/, "", fields); sub(/,?"msg":.*/, "", fields)
    gsub(/"/, "", fields); gsub(/,/, " ", fields)
    print time, message, fields
    fflush()
  }
  END { exit !found }' ||
  stop 'no call yet, or no pod: scripts/workload.sh create makes calls, scripts/doctor.sh looks at the pods'
