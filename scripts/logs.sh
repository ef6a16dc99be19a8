#!/usr/bin/env bash
# The calls of the hooks: the log lines with SPIKE, shortened, of all pods in the order of time. Arguments go to
# "kubectl logs": --follow, --since 10m. With --follow each line is shown as soon as it is written.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need kubectl
doing='reading the logs'
trap 'explained=yes; exit 130' INT

in_order=(sort -s -k '1,1')
for argument in "$@"; do
  case $argument in -f | --follow | --follow=true) in_order=(cat) ;; esac
done

# Lines of JSON → time, message, fields. Not awk: Debian's reads so far ahead that nothing is seen for long.
shorten() {
  local line time message fields found=no
  while IFS= read -r line; do
    [[ $line == *'SPIKE '* ]] || continue
    found=yes
    time=${line#*'"time":"'} message=${line##*'"msg":"'} fields=${line#*'"time":"'*'",'}
    fields=${fields%'"msg":'*}
    # The message names the hook.
    line=${fields#*'"hook":"'}
    [[ $line == "$fields" ]] || fields=${fields%%'"hook":"'*}${line#*'",'}
    fields=${fields%,}
    fields=${fields//'"'/}
    printf '%s %s %s\n' "${time%%'"'*}" "${message%%'"'*}" "${fields//,/ }"
  done
  [[ $found == yes ]]
}

"${kubectl[@]}" logs --namespace "$namespace" --selector "app=$extension" --tail -1 "$@" |
  shorten | "${in_order[@]}" | while IFS= read -r line; do
  # 2026-11-23T04:19:10.067Z → 04:19:10
  printf '%s%s\n' "${line:11:8}" "${line:24}"
done || stop 'no call yet, or no pod: scripts/workload.sh create makes calls, scripts/doctor.sh looks at the pods'
