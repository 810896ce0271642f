#!/usr/bin/env bash
# Publishes the server as it is shipped (Release, ReadyToRun), starts it on a store with a million events, and measures the time
# to its first answer and the Flows page. Writes bench/results/page.md.
#   KERA_BENCH_EVENTS, KERA_BENCH_DATA    as for bench/run.sh
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
full=1000000
events=${KERA_BENCH_EVENTS:-$full}
data=${KERA_BENCH_DATA:-}
work=$(mktemp -d "${TMPDIR:-/tmp}/kera-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT

dotnet build "$here/Kera.Bench" -c Release -nologo -v q
dotnet publish "$here/../src/Kera" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o "$work/server" -nologo -v q
status=0
"$here/Kera.Bench/bin/Release/net10.0/Kera.Bench" page --events "$events" --data "${data:-$work/data}" --server "$work/server/Kera" >"$work/page.md" || status=$?
cat "$work/page.md"
[ "$status" -le 1 ] && [ -s "$work/page.md" ] || { echo "page failed." >&2; exit 1; }
if [ "$events" = "$full" ]; then
    mkdir -p "$here/results"
    cp "$work/page.md" "$here/results/page.md"
fi
