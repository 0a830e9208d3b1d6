#!/usr/bin/env bash
# Starts the built jar with bin/run on empty data, twice, and checks what it prints and keeps.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/bin/lib/common.sh"

folder=$(mktemp -d)
port=18080
while port_taken $port; do port=$((port + 1)); done
run=
clean() {
  [ -z "$run" ] || { kill -TERM "$run" 2>/dev/null && wait "$run" 2>/dev/null; } || true
  rm -rf "$folder"
}
trap clean EXIT

cd "$folder"
for round in 1 2; do
  "$root/bin/run" --port $port --data-dir "$folder/data dir" >"$folder/out" 2>&1 &
  run=$!
  until grep -q 'Ctrl-C stops' "$folder/out"; do
    kill -0 "$run" 2>/dev/null || { cat "$folder/out" >&2; fail "bin/run ended by itself."; }
    sleep 1
  done
  grep -q "http://127.0.0.1:$port" "$folder/out" || fail "bin/run does not print the address."
  grep -q 'officer' "$folder/out" || fail "bin/run does not print the accounts."
  [ "$(http_status $port /actuator/health/liveness)" = 200 ] || fail "The server does not answer."
  kill -TERM "$run"
  wait "$run" || fail "bin/run did not stop cleanly."
  run=
  [ ! -e "$folder/data dir/postgres/data/postmaster.pid" ] || fail "The database was left running."
  say "   start $round: $(sed -n 's/^ *\(ready after .*\)$/\1/p' "$folder/out")"
done
[ "$(stat -c %a "$folder/data dir/keys/keys.properties" 2>/dev/null || echo 600)" = 600 ] || fail "The keys can be read by others."
