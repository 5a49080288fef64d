#!/usr/bin/env bash
# The step of action.yml: inputs come as variables, the result goes to the log, the job summary and a SARIF file.
set -uo pipefail
# Messages on standard error may quote file names: the old form of a runner's command is taken from them.
manyhands() { node "$GITHUB_ACTION_PATH/bin/manyhands.js" "$@" 2> >(sed 's/##\[/## [/g' >&2); }
args=(--format github)
[ -n "$SARIF_FILE" ] && args+=("--format=sarif=$SARIF_FILE")
[ -n "$AGAINST" ] && args+=("--against=$AGAINST")
[ -n "$FAIL_ON" ] && args+=("--fail-on=$FAIL_ON")
[ -n "$MAX_FINDINGS" ] && args+=("--max-findings=$MAX_FINDINGS")
[ -n "$BASELINE" ] && args+=("--baseline=$BASELINE")
paths=()
while IFS= read -r path; do
  [ -n "$path" ] && paths+=("$path")
done <<<"$PATHS"

[ -n "$SARIF_FILE" ] && rm -f -- "$SARIF_FILE"
if [ -n "$CHANGED_SINCE" ]; then
  list=$(mktemp)
  # Names from here down, as they are read from here; without deleted files. "--" keeps a name from being an option.
  if git diff --name-only -z --relative --diff-filter=d --end-of-options "$CHANGED_SINCE...HEAD" -- >"$list"; then
    manyhands check "${args[@]}" "--file-list=$list" -- ${paths[@]+"${paths[@]}"}
    code=$?
  else
    echo "::error title=manyhands::The files changed cannot be listed. Check out with fetch-depth 0."
    code=2
  fi
  rm -f -- "$list"
else
  manyhands check "${args[@]}" -- ${paths[@]+"${paths[@]}"}
  code=$?
fi

{
  echo "exit-code=$code"
  case "$SARIF_FILE" in /*) sarif=$SARIF_FILE ;; *) sarif=$FOLDER/$SARIF_FILE ;; esac
  if [ -f "$SARIF_FILE" ]; then echo "sarif-file=$sarif"; else echo "sarif-file="; fi
} >>"$GITHUB_OUTPUT"
exit "$code"
