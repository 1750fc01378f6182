#!/bin/sh
# Reads topics as a SCRAM user with kcat, and compares the alerts as read_with_python.py does.
#
#   read_with_kcat.sh [--wire bare|confluent|ocf SCHEMAS] USER.librdkafka.conf ID EXPECTED.jsonl TOPIC...
#
# Needs kcat and Debian's python3-avro. kcat alone talks to Kafka here; Python only decodes what it wrote.
set -eu

wire=bare schemas=.
if [ "${1-}" = --wire ] && [ $# -ge 3 ]; then
    wire=$2 schemas=$3
    shift 3
fi
if [ $# -lt 4 ]; then
    echo "usage: $0 [--wire bare|confluent|ocf SCHEMAS] USER.librdkafka.conf ID EXPECTED.jsonl TOPIC..." >&2
    exit 2
fi

config=$1 id=$2 expected=$3
shift 3
here=$(dirname "$0")
messages=$(mktemp -d)
trap 'rm -rf "$messages"' EXIT

# All at once: each of them waits most of its time.
readers=
for topic in "$@"; do
    kcat -F "$config" -C -t "$topic" -o beginning -e -q -f '%t %K %S\n%k%s' >"$messages/$topic" &
    readers="$readers $!"
done
for reader in $readers; do
    wait "$reader"
done
cat "$messages"/* | /usr/bin/python3 "$here/read_with_python.py" --kcat --wire "$wire" --schemas "$schemas" --id "$id" --expected "$expected" "$@"
