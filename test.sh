#!/usr/bin/env bash
# Everything that the project tests: locked restore, format check, build, every test.
# Ends in "N passed, N failed, N skipped"; exit 0 only if nothing failed.
#   ./test.sh              all
#   ./test.sh ARGUMENT...  further arguments for the test runner, e.g. --filter-class '*AclCheckTests'
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v dotnet >/dev/null || ! dotnet --version >/dev/null 2>&1; then
  wanted=$(sed -n 's/.*"version": *"\([0-9]*\.[0-9]*\).*/\1/p' global.json)
  echo "test.sh: the .NET SDK $wanted is needed (https://dotnet.microsoft.com/download/dotnet/$wanted): install it, or put its folder on PATH" >&2
  exit 1
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

echo "== restore (locked)"
dotnet restore --locked-mode --verbosity quiet
echo "== format"
dotnet format --no-restore --verify-no-changes
echo "== build"
dotnet build --no-restore --verbosity quiet --nologo

echo "== test"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# One test assembly at a time: several real clusters at once would only wait for each other.
filtered=()
[ $# -eq 0 ] || filtered=(--ignore-exit-code 8) # an assembly in which the filter finds nothing is no failure
dotnet test --no-build --max-parallel-test-modules 1 --output Normal ${filtered[@]+"${filtered[@]}"} "$@" 2>&1 | tee "$log" || status=$?

count() { sed -n "s/^ *$1: *\([0-9][0-9]*\)\$/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [ -z "$passed" ]; then
  echo "test.sh: the test runner ended without a summary (exit $status)" >&2
  exit 1
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" -eq 0 ] && [ "$failed" -eq 0 ]
