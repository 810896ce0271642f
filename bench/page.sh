#!/usr/bin/env bash
# Publishes the server as it is shipped (Release, ReadyToRun), starts it on a store with a million events, and measures pages.
# Writes bench/results/SCENARIO.md.
#   bench/page.sh [SCENARIO …]            page: start and Flows; platform: every page with people and places, a first visit, cached pages;
#                                       district: a year traced, and the pages of carbon, goals and the road map over it
#   KERA_BENCH_EVENTS, KERA_BENCH_DATA    as for bench/run.sh
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
full=1000000
events=${KERA_BENCH_EVENTS:-$full}
data=${KERA_BENCH_DATA:-}
scenarios=("$@")
[ $# -gt 0 ] || scenarios=(page platform district)
work=$(mktemp -d "${TMPDIR:-/tmp}/kera-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT

dotnet build "$here/Kera.Bench" -c Release -nologo -v q
dotnet publish "$here/../src/Kera" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o "$work/server" -nologo -v q
for scenario in "${scenarios[@]}"; do
    status=0
    "$here/Kera.Bench/bin/Release/net10.0/Kera.Bench" "$scenario" --events "$events" --data "${data:-$work/data}" --server "$work/server/Kera" >"$work/$scenario.md" || status=$?
    cat "$work/$scenario.md"
    [ "$status" -le 1 ] && [ -s "$work/$scenario.md" ] || { echo "$scenario failed." >&2; exit 1; }
    if [ "$events" = "$full" ]; then
        mkdir -p "$here/results"
        cp "$work/$scenario.md" "$here/results/$scenario.md"
    fi
done
