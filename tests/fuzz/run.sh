#!/usr/bin/env bash
# Sends the broker spoiled requests for SECONDS, a good client beside them, and says what its memory was before and after.
#   tests/fuzz/run.sh [SECONDS] [SEED]
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-600}
seed=${2:-$RANDOM}
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
dotnet build tests/fuzz -c Release -v q --nologo >&2
dotnet artifacts/bin/Fink.Fuzz/release/Fink.Fuzz.dll "$seconds" "$seed" tests/golden-messages/messages.txt "$data"
