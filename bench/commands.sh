#!/usr/bin/env bash
# Whole commands beside what they are measured with, in turn in one run, on a cluster of its own:
#   distribute of a simulated night | a bare Confluent.Kafka producer sending as many messages of the same size
#   topic list                      | kafka-topics.sh --list
#   peak memory of distribute       | at 1, 4 and 16 times the night
# Prints ratios (median, smallest and largest of the rounds) and peak memory. Nothing here is a test.
#
#   KAFKA_HOME=... bench/commands.sh        ROUNDS=3 ALERTS=2000 PORT=19493
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
: "${KAFKA_HOME:?names an Apache Kafka to measure with}"
rounds=${ROUNDS:-3} alerts=${ALERTS:-2000} port=${PORT:-19493}
work=$(mktemp -d "${TMPDIR:-/tmp}/fink-bench.XXXXXX")
export XDG_DATA_HOME=$work/xdg FINK_HOME=$work
trap '"$root/fink-kafka" stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

"$root/fink-kafka" --version >/dev/null
dotnet build "$root/bench/Fink.Benchmarks" -c Release -v q --nologo >/dev/null
tool=(dotnet "$root/artifacts/bin/Fink.Cli/release/fink-kafka.dll")
bench=(dotnet "$root/artifacts/bin/Fink.Benchmarks/release/Fink.Benchmarks.dll")
"${tool[@]}" start --mode kraft --listen "127.0.0.1:$port" >/dev/null 2>&1
credentials=$XDG_DATA_HOME/fink-kafka/cluster/credentials

now() { echo "${EPOCHREALTIME/./}"; }
seconds() { awk "BEGIN { printf \"%.3f\\n\", ($2 - $1) / 1e6 }"; }
# timed NAME COMMAND...: appends the seconds of the whole process to NAME.
timed() {
  local name=$1 began; shift
  began=$(now); "$@" >"$work/out" 2>"$work/err" || { cat "$work/out" "$work/err" >&2; exit 1; }
  seconds "$began" "$(now)" >>"$work/$name"
}
# distribute FOLDER TOPIC: peak memory in kB goes to $work/peak.
distribute() {
  printf 'topics:\n  - name: %s\n    partitions: 4\n' "$2" >"$work/$2.yaml"
  /usr/bin/time -o "$work/peak" -f %M "${tool[@]}" distribute --source "$1" --rules "$work/$2.yaml" --job "$2"
}
ratio() { # LABEL OURS THEIRS: theirs / ours, above 1 is faster than they
  paste "$work/$3" "$work/$2" | awk '{ print $1 / $2 }' | sort -n |
    awk -v label="$1" '{ a[NR] = $1 } END { printf "%-58s %.2f (%.2f-%.2f)\n", label, a[int((NR + 1) / 2)], a[1], a[NR] }'
}

"${tool[@]}" simulate --alerts "$alerts" --files 4 --out "$work/night" >/dev/null 2>&1
bytes=$(awk "BEGIN { printf \"%d\", $(du -sb "$work/night" | cut -f 1) / $alerts }")
for round in $(seq "$rounds"); do
  timed ours distribute "$work/night" "fink_ours$round"
  "${tool[@]}" topic create "fink_bare$round" --partitions 4 --config max.message.bytes=10485760 >/dev/null 2>&1
  timed bare "${bench[@]}" produce "$credentials/admin.librdkafka.conf" "fink_bare$round" "$alerts" "$bytes" 9000
  timed list "${tool[@]}" topic list
  timed kafka-topics "$KAFKA_HOME/bin/kafka-topics.sh" --bootstrap-server "127.0.0.1:$port" --command-config "$credentials/admin.properties" --list
done
echo "$alerts alerts of $bytes bytes, $rounds rounds, whole processes, start included"
ratio "distribute, of a bare Confluent.Kafka producer" ours bare
ratio "topic list, of kafka-topics.sh --list" list kafka-topics
for times in 1 4 16; do
  mkdir "$work/x$times"
  for ((i = 0; i < times; i++)); do for file in "$work"/night/*.parquet; do ln "$file" "$work/x$times/$i-${file##*/}"; done; done
  distribute "$work/x$times" "fink_x$times" >/dev/null 2>&1
  echo "peak memory of distribute at ${times}x: $(($(cat "$work/peak") / 1024)) MB"
done
