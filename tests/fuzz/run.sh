#!/usr/bin/env bash
# Sends the broker spoiled requests for SECONDS, a good client beside them, and says every 100 s what its memory is.
#   tests/fuzz/run.sh [SECONDS] [SEED]
# FUZZ_ALONE=1 sends one round of them and then leaves the good client alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-600}
seed=${2:-$RANDOM}
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
dotnet build tests/fuzz -c Release -v q --nologo >&2
dotnet artifacts/bin/Fink.Fuzz/release/Fink.Fuzz.dll "$seconds" "$seed" tests/golden-messages/messages.txt "$data" ${FUZZ_ALONE:+alone}
