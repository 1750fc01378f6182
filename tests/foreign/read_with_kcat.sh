#!/bin/sh
# Reads topics as a SCRAM user with kcat, and compares the alerts as read_with_python.py does.
#
#   read_with_kcat.sh USER.librdkafka.conf ID EXPECTED.jsonl TOPIC...
#
# Needs kcat and Debian's python3-avro. kcat alone talks to Kafka here; Python only decodes what it wrote.
set -eu

if [ $# -lt 4 ]; then
    echo "usage: $0 USER.librdkafka.conf ID EXPECTED.jsonl TOPIC..." >&2
    exit 2
fi

config=$1 id=$2 expected=$3
shift 3
here=$(dirname "$0")
messages=$(mktemp)
trap 'rm -f "$messages"' EXIT

for topic in "$@"; do
    kcat -F "$config" -C -t "$topic" -o beginning -e -q -f '%t %K %S\n%k%s' >>"$messages"
done
/usr/bin/python3 "$here/read_with_python.py" --kcat --id "$id" --expected "$expected" "$@" <"$messages"
