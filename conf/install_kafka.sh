#!/usr/bin/env bash
# The original's name for it: puts Apache Kafka where `fink-kafka start` finds it. Options: fink-kafka install --help
set -euo pipefail
exec "$(dirname "${BASH_SOURCE[0]}")/../fink-kafka" install "$@"
