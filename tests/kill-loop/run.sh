#!/usr/bin/env bash
# Kills the broker at random moments ROUNDS times under load, and checks that it keeps everything that it acknowledged.
#   tests/kill-loop/run.sh [ROUNDS] [SEED]
# KILL_LOOP_PORT is the port (24999); KILL_LOOP_CLI=1 kills `fink-kafka broker run` and not a bare embedded broker.
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-200}
seed=${2:-$RANDOM}
port=${KILL_LOOP_PORT:-24999}
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
dotnet build tests/kill-loop -c Release -v q --nologo >&2
loop=artifacts/bin/Fink.KillLoop/release/Fink.KillLoop.dll
if [[ -n ${KILL_LOOP_CLI:-} ]]; then
    dotnet build src/Fink.Cli -c Release -v q --nologo >&2
    broker=(dotnet artifacts/bin/Fink.Cli/release/fink-kafka.dll
        broker run --listen "PLAINTEXT://127.0.0.1:$port" --data-dir "$data" --override group.initial.rebalance.delay.ms=0
        --override super.users=User:ANONYMOUS)
else
    broker=(dotnet "$loop" broker "$port" "$data")
fi
echo "$rounds kills, seed $seed: ${broker[*]}"
dotnet "$loop" "127.0.0.1:$port" "$rounds" "$seed" "${broker[@]}"
