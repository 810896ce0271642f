#!/usr/bin/env bash
# Measures Kera and writes bench/results/SCENARIO.md. Without arguments every scenario but 'page', which bench/page.sh runs.
#   bench/run.sh [SCENARIO …]         memory sqlite postgres verify asof trace search carbon energy settlement sharing booking forecast live
#   KERA_BENCH_EVENTS=50000           fewer events, to see that it works; such a run is printed and not kept
#   KERA_BENCH_DATA=DIR               the folder for stores, on the disk to be measured; a store of a million is used again
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
full=1000000
events=${KERA_BENCH_EVENTS:-$full}
data=${KERA_BENCH_DATA:-}
scenarios=("$@")
[ $# -gt 0 ] || scenarios=(memory sqlite postgres verify asof trace search carbon energy settlement sharing booking forecast live)

dotnet build "$here/Kera.Bench" -c Release -nologo -v q
program=$here/Kera.Bench/bin/Release/net10.0/Kera.Bench
temporary=
if [ -z "$data" ]; then
    temporary=$(mktemp -d "${TMPDIR:-/tmp}/kera-bench-XXXXXX")
    data=$temporary
fi
trap '[ -z "$temporary" ] || rm -rf "$temporary"' EXIT

run() {
    local scenario=$1 status=0
    shift
    local output=$data/$scenario.md
    "$@" >"$output" || status=$?
    cat "$output"
    # 1: a goal was missed, and the table says which; anything else: there is no table.
    [ "$status" -le 1 ] && [ -s "$output" ] || { echo "$scenario failed." >&2; return 1; }
    if [ "$events" = "$full" ]; then
        mkdir -p "$here/results"
        cp "$output" "$here/results/$scenario.md"
    fi
}

for scenario in "${scenarios[@]}"; do
    case $scenario in
        memory | settlement | sharing)
            # One core: the collector's work counts too.
            run "$scenario" taskset -c 0 "$program" "$scenario" --events "$events" ;;
        postgres | booking)
            coproc server { exec sh "$here/postgres.sh"; }
            read -r connection <&"${server[0]}"
            run "$scenario" "$program" "$scenario" --events "$events" --data "$data" --postgres "$connection"
            eval "exec ${server[1]}>&-"
            wait "$server_PID" || true ;;
        sqlite)
            rm -rf "$data/sqlite" "$data/bare.db"
            run sqlite "$program" sqlite --events "$events" --data "$data"
            rm -rf "$data/sqlite" "$data"/bare.db* ;;
        energy | forecast)
            # One core: what plans and learns beside a server gets no more.
            run "$scenario" taskset -c 0 "$program" "$scenario" --shared "${KERA_TESTS_SHARED:-$here/../../shared}" ;;
        *)
            run "$scenario" "$program" "$scenario" --events "$events" --data "$data" ;;
    esac
done
