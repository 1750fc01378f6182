#!/usr/bin/env bash
# The whole walk of fink-kafka over a synthetic night: start, topics, users, rights, distribute, consume, refuse, stop.
# Checks every exit code and count; prints what it ran and "walk: N checks passed".
#
#   tests/walk.sh            runs ./fink-kafka (or the command in FINK_KAFKA) in a folder of its own
#
# WALK_MODE is zookeeper, kraft (both need Apache Kafka, named by KAFKA_HOME) or embedded; by default zookeeper with a KAFKA_HOME,
# else embedded. WALK_PORT (9093) is the first broker's port, WALK_ZK_PORT (2182) ZooKeeper's, WALK_BROKERS (1) how many brokers,
# WALK_ALERTS (200) the size of the night.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
read -r -a tool <<<"${FINK_KAFKA:-$root/fink-kafka}"
mode=${WALK_MODE:-$([ -n "${KAFKA_HOME:-}" ] && echo zookeeper || echo embedded)}
port=${WALK_PORT:-9093}
zk_port=${WALK_ZK_PORT:-2182}
alerts=${WALK_ALERTS:-200}
folder=$(mktemp -d "${TMPDIR:-/tmp}/fink-walk.XXXXXX")
checks=0

export FINK_KAFKA_DATA_DIR=$folder/cluster FINK_HOME=$folder/fink XDG_DATA_HOME=$folder
unset FINK_KAFKA_BOOTSTRAP_SERVER FINK_KAFKA_COMMAND_CONFIG FINK_KAFKA_OUTPUT FINK_KAFKA_CONF FINK_KAFKA_RULES FINK_KAFKA_SOURCE

cleanup() {
  "${tool[@]}" stop >/dev/null 2>&1
  rm -rf "$folder"
}
trap cleanup EXIT

fail() {
  echo "walk: FAILED: $1" >&2
  sed 's/^/  | /' "$folder/out" "$folder/err" >&2
  exit 1
}

# run EXIT-CODE ARGUMENT…: the command ends with this code. Its streams are kept in $folder/out and $folder/err.
run() {
  local expected=$1
  shift
  echo "\$ fink-kafka $*"
  "${tool[@]}" "$@" >"$folder/out" 2>"$folder/err" </dev/null
  local code=$?
  cat "$folder/out"
  [ "$code" -eq "$expected" ] || fail "'fink-kafka $*' ended with $code, not $expected"
  checks=$((checks + 1))
}

# has TEXT / hasnt TEXT / lines N: what the last command printed as its result.
has() {
  grep -qF -- "$1" "$folder/out" || fail "no '$1' in the output"
  checks=$((checks + 1))
}
hasnt() {
  ! grep -qF -- "$1" "$folder/out" || fail "'$1' in the output"
  checks=$((checks + 1))
}
lines() {
  [ "$(wc -l <"$folder/out")" -eq "$1" ] || fail "not $1 lines in the output"
  checks=$((checks + 1))
}

cd "$folder" || exit 1
mkdir -p fink/conf
cat >fink/conf/fink.conf.distribution <<CONF
ZK_IPPORT="localhost:$zk_port"
DISTRIBUTION_TOPIC="fink_outstream"
DISTRIBUTION_SCHEMA="\${FINK_HOME}/schema.avsc"
DISTRIBUTION_OFFSET="latest"
CONF
cat >rules.yaml <<RULES
source: $folder/night
partitions: 2
topics:
  - name: fink_all_ztf
  - by: cdsxmatch
    prefix: fink_class_
    suffix: _ztf
    except: [Unknown]
RULES

run 1 status
run 0 start --mode "$mode" --brokers "${WALK_BROKERS:-1}" --listen "127.0.0.1:$port"
has "Kafka Server started successfully"
run 0 start
run 0 status -o json
has "\"mode\": \"$mode\""
has '"ready": true'

run 0 --create-topic fink_outstream
run 0 --create-topic fink_outstream
run 0 --list-topics
has fink_outstream
run 0 --describe-topic fink_outstream
has "PartitionCount: 2"
run 0 --create-topic secret
run 0 --authentication -a -u bob -p bob-password
run 0 --authorization -a -u bob -H 127.0.0.1 -c bob_group -t fink_all_ztf
run 0 --list-acl
has "principal=User:bob, host=127.0.0.1, operation=READ"
run 0 acl check --user bob --read fink_all_ztf --group bob_group --wait 10s
has allowed
run 3 acl check --user bob --read secret
run 3 acl check --user bob --write fink_all_ztf
run 3 acl check --user bob --host 10.0.0.1 --read fink_all_ztf

run 0 simulate --alerts "$alerts" --files 4 --out night
run 0 distribute --rules rules.yaml --dry-run -o tsv
grep -q "^fink_all_ztf	$alerts	" "$folder/out" || fail "the dry run does not match $alerts alerts to fink_all_ztf"
cut -f 1,2 "$folder/out" >"$folder/matched"
run 0 distribute --rules rules.yaml -o tsv
grep -q "^fink_all_ztf	$alerts	$alerts	0$" "$folder/out" || fail "not $alerts alerts were sent to fink_all_ztf"
cut -f 1,3 "$folder/out" | diff "$folder/matched" - || fail "what was sent is not what the dry run matched"
checks=$((checks + 3))
run 0 distribute --rules rules.yaml -o json
has '"end": "nothingToDo"'
has '"sent": 0'
run 0 group describe fink-work-default -o json
has '"lag": 0'

umask 077
cat >bob.properties <<PROPERTIES
security.protocol=SASL_PLAINTEXT
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="bob" password="bob-password";
PROPERTIES
run 0 consume fink_all_ztf --until-end -o tsv --command-config bob.properties
lines "$alerts"
run 0 consume fink_all_ztf --group bob_group --limit 5 -o json --command-config bob.properties
lines 5
has '"objectId"'
run 0 consume fink_all_ztf --limit 3 -o avro --outdir alerts --command-config bob.properties
lines 3
[ "$(find alerts -name '*.avro' | wc -l)" -eq 3 ] || fail "not 3 Avro files"
run 5 consume secret --until-end --command-config bob.properties
run 5 consume fink_all_ztf --until-end --group other_group --command-config bob.properties
sed 's/bob-password/wrong/' bob.properties >wrong.properties
run 5 consume fink_all_ztf --until-end --command-config wrong.properties
run 5 topic list --command-config wrong.properties

run 0 --authorization -d -u bob -H 127.0.0.1 -c bob_group -t fink_all_ztf
run 0 --list-acl
hasnt "User:bob"
run 3 acl check --user bob --read fink_all_ztf
run 5 consume fink_all_ztf --until-end --command-config bob.properties
run 0 --authentication -d -u bob
run 0 user list -o tsv
hasnt bob
run 0 --delete-topic secret
run 0 stop
has "Kafka Server stopped"
run 1 status
echo "walk: $checks checks passed"
