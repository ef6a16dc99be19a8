#!/usr/bin/env bash
# Plays docker, kind, kubectl and others: records its call and its environment, and answers by the first rule of $STAGE/rules that fits.
# A rule: regular expression, mark that must be set (-mark: unset), mark to set (-mark: unset), exit code, answer.
call="${0##*/} $*"
printf '%s\n' "$call" >>"$STAGE/record"
export -p >"$STAGE/environment.${0##*/}"

is_set() {
  case $1 in
    '') ;;
    -*) [[ ! -e $STAGE/mark.${1#-} ]] ;;
    *) [[ -e $STAGE/mark.$1 ]] ;;
  esac
}

while IFS=$'\037' read -r pattern condition mark code answer; do
  [[ $call =~ $pattern ]] || continue
  is_set "$condition" || continue
  case $mark in
    '') ;;
    -*) rm -f "$STAGE/mark.${mark#-}" ;;
    *) : >"$STAGE/mark.$mark" ;;
  esac
  [[ -z $answer ]] || printf '%b\n' "$answer" >&$((code == 0 ? 1 : 2))
  [[ $code != hang ]] || sleep 60
  exit "$code"
done <"$STAGE/rules"
