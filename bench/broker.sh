#!/usr/bin/env bash
# The embedded broker beside Apache Kafka, in turn in one run, with the same clients and loads: produce and fetch throughput,
# end-to-end latency, start to ready, resident memory after the start and after 1 GB, 1,000 and 10,000 partitions.
# Prints each figure for both and their ratio. Nothing here is a test.
#
#   KAFKA_HOME=... bench/broker.sh        ROUNDS=3 PORT=19590 DATA=/a/folder/with/20/GB MANY="1000 10000"
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
: "${KAFKA_HOME:?names an Apache Kafka to measure with}"
rounds=${ROUNDS:-3} port=${PORT:-19590} many=${MANY-1000 10000}
work=$(mktemp -d "${DATA:-${TMPDIR:-/tmp}}/fink-bench.XXXXXX")
server=
stop() { [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; server=; }; }
trap 'stop; rm -rf "$work"' EXIT

"$root/fink-kafka" --version >/dev/null
dotnet build "$root/bench/Fink.Benchmarks" -c Release -v q --nologo >/dev/null
tool=(dotnet "$root/artifacts/bin/Fink.Cli/release/fink-kafka.dll")
load=(dotnet "$root/artifacts/bin/Fink.Benchmarks/release/Fink.Benchmarks.dll" broker)
address=127.0.0.1:$port

milliseconds() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }
resident() { awk '/^VmRSS/ { print $2 / 1024 }' "/proc/$server/status"; }
# note NAME BROKER VALUE
note() { echo "$3" >>"$work/$1.$2"; }

# start BROKER: starts it on its folder and waits until it answers; notes how long that took.
start() {
  local began asker
  "${load[@]}" ready "$address" >"$work/ready" & asker=$!
  sleep 1
  began=$(milliseconds)
  if [ "$1" = kafka ]; then
    if [ ! -d "$work/kafka" ]; then
      printf '%s\n' process.roles=broker,controller node.id=1 "controller.quorum.voters=1@127.0.0.1:$((port + 1))" \
        "listeners=PLAINTEXT://$address,CONTROLLER://127.0.0.1:$((port + 1))" controller.listener.names=CONTROLLER \
        "log.dirs=$work/kafka" message.max.bytes=10485760 offsets.topic.replication.factor=1 >"$work/kafka.properties"
      "$KAFKA_HOME/bin/kafka-storage.sh" format -t "$("$KAFKA_HOME/bin/kafka-storage.sh" random-uuid)" -c "$work/kafka.properties" >/dev/null
      began=$(milliseconds)
    fi
    LOG_DIR=$work/kafka-logs "$KAFKA_HOME/bin/kafka-server-start.sh" "$work/kafka.properties" >"$work/kafka.log" 2>&1 & server=$!
  else
    "${tool[@]}" broker run --listen "PLAINTEXT://$address" --data-dir "$work/ours" --override message.max.bytes=10485760 --override allow.everyone.if.no.acl.found=true \
      >"$work/ours.log" 2>&1 & server=$!
  fi
  wait "$asker"
  note "$2" "$1" "$(($(cat "$work/ready") - began))"
}

for round in $(seq "$rounds"); do
  for broker in kafka ours; do
    rm -rf "${work:?}/$broker"
    start "$broker" 'start of a new one, ms'
    sleep 3
    note 'memory after the start, MB' "$broker" "$(resident)"
    for size in 1000:400000 50000:10000; do
      bytes=${size%:*} count=${size#*:}
      "${load[@]}" topic "$address" "load$bytes" 4 >/dev/null
      note "produce at $bytes bytes, MB a second" "$broker" "$("${load[@]}" produce "$address" "load$bytes" "$count" "$bytes")"
      note "fetch at $bytes bytes, MB a second" "$broker" "$("${load[@]}" fetch "$address" "load$bytes" "$count" "$bytes")"
    done
    note 'memory after 1 GB, MB' "$broker" "$(resident)"
    "${load[@]}" topic "$address" latency 1 >/dev/null
    read -r median worst <<<"$("${load[@]}" latency "$address" latency 1000)"
    note 'latency at 100 a second, p50 ms' "$broker" "$median"
    note 'latency at 100 a second, p99 ms' "$broker" "$worst"
    stop
    start "$broker" 'start with 1 GB, ms'
    stop
  done
done
for partitions in $many; do
  for broker in kafka ours; do
    rm -rf "${work:?}/$broker"
    start "$broker" 'start of a new one, ms'
    note "$partitions partitions made, s" "$broker" "$("${load[@]}" topic "$address" many "$partitions")"
    note "memory with $partitions partitions, MB" "$broker" "$(resident)"
    stop
    start "$broker" "start with $partitions partitions, ms"
    note "memory after a start with $partitions partitions, MB" "$broker" "$(resident)"
    stop
  done
done

printf '%-48s %10s %10s %10s\n' 'median' Kafka ours ours/Kafka
for file in "$work"/*.kafka; do
  name=$(basename "$file" .kafka)
  paste <(sort -n "$file") <(sort -n "$work/$name.ours") |
    awk -v name="$name" '{ k[NR] = $1; o[NR] = $2 } END { m = int((NR + 1) / 2); printf "%-48s %10.1f %10.1f %10.2f\n", name, k[m], o[m], o[m] / k[m] }'
done
