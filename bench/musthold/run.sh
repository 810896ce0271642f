#!/usr/bin/env bash
# Runs at full size what the tests run small every day (tests/Kera.Tests/MustHold and the oracle of tests/Kera.Flows.Tests): 200,000
# random transactions against an independent replay, 200,000 against ledger and hledger, 100 killed imports, 10,000 attempts of eight
# writers, every cell of every table changed, a full disk; mail away for an hour, 40 servers killed between commit and sending, a
# backup taken under 50,000 writes and restored, every role at every door, the attacks on signing in, 10,000 networks traced, and the
# published life cycles, the ledger's hours and the pages of carbon, which have one size; 15,000 energy systems with two solvers,
# communities against a plain replay, the reference cases of energy; 10,000 attempts at overlapping times of a hall, its parts and its
# things on both databases and by three servers of which one is killed, bookings' rules against a check of every minute, small rounds against all their answers.
# Writes bench/results/musthold.md. Takes long; needs ledger, hledger and PostgreSQL.
#   bench/musthold/run.sh [CLASS …]   IndependentReplay ExportedLedgerTests KilledImportTests ContestTests TamperingTests FullDiskTests
#                                     MailAwayTests KilledServerMailTests BackupTests RolesTests SignInTests EveryFormTests FlowTracerTests
#                                     LifeCycleSystemTests CarbonTracingTests CarbonPagesTests OtherSolverTests CommunityReplayTests SolveCommandTests
#                                     BookingContestTests BookingProcessesTests BruteForceTests RoundModelTests RoundSolverTests
#                                     with classes named, the rows of the others stay as they were kept
#   KERA_MUSTHOLD_SMALL=1             the small size, to see that it works; such a run is printed and not kept
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
tests=$here/../../tests
classes=("$@")
[ $# -gt 0 ] || classes=(IndependentReplay ExportedLedgerTests KilledImportTests ContestTests TamperingTests FullDiskTests MailAwayTests KilledServerMailTests BackupTests RolesTests SignInTests EveryFormTests FlowTracerTests LifeCycleSystemTests CarbonTracingTests CarbonPagesTests OtherSolverTests CommunityReplayTests SolveCommandTests BookingContestTests BookingProcessesTests BruteForceTests RoundModelTests RoundSolverTests)
size=1
[ "${KERA_MUSTHOLD_SMALL:-}" != 1 ] || size=0
work=$(mktemp -d "${TMPDIR:-/tmp}/kera-musthold-XXXXXX")
trap 'rm -rf "$work"' EXIT

dotnet build "$tests/Kera.Tests" -c Release -nologo -v q
dotnet build "$tests/Kera.Flows.Tests" -c Release -nologo -v q
dotnet build "$tests/Kera.Carbon.Tests" -c Release -nologo -v q
dotnet build "$tests/Kera.Energy.Tests" -c Release -nologo -v q
dotnet build "$tests/Kera.Sharing.Tests" -c Release -nologo -v q
failed=0
printf '# musthold\n\n| what must hold | result | seconds |\n| --- | --- | ---: |\n' >"$work/table.md"
for class in "${classes[@]}"; do
    started=$SECONDS
    result=held
    case $class in
        IndependentReplay) project=Kera.Flows.Tests; name=Kera.Flows.Tests.Oracle.$class ;;
        FlowTracerTests | LifeCycleSystemTests) project=Kera.Carbon.Tests; name=Kera.Carbon.Tests.$class ;;
        OtherSolverTests | CommunityReplayTests) project=Kera.Energy.Tests; name=Kera.Energy.Tests.$class ;;
        BruteForceTests) project=Kera.Sharing.Tests; name=Kera.Sharing.Tests.$class ;;
        RoundModelTests | RoundSolverTests) project=Kera.Sharing.Tests; name=Kera.Sharing.Tests.Rounds.$class ;;
        BookingContestTests) project=Kera.Tests; name=Kera.Tests.Features.Spaces.$class ;;
        FeatureDeletionTests) project=Kera.Tests; name=Kera.Tests.Architecture.$class ;;
        SolveCommandTests) project=Kera.Tests; name=Kera.Tests.CommandLine.$class ;;
        CarbonTracingTests | CarbonPagesTests) project=Kera.Tests; name=Kera.Tests.Features.Carbon.$class ;;
        BackupTests) project=Kera.Tests; name=Kera.Tests.Backup.$class ;;
        RolesTests | SignInTests | EveryFormTests) project=Kera.Tests; name=Kera.Tests.Accounts.$class ;;
        *) project=Kera.Tests; name=Kera.Tests.MustHold.$class ;;
    esac
    KERA_TESTS_FULL=$size KERA_TESTS_REQUIRE_ALL=1 "$tests/$project/bin/Release/net10.0/$project" -class "$name" -noColor >"$work/$class.log" 2>&1 \
        || { result='**did not hold**'; failed=1; cat "$work/$class.log" >&2; }
    printf '| %s | %s | %d |\n' "$class" "$result" $((SECONDS - started)) >>"$work/table.md"
done

printf '\n- %s, %s, %d cores, %s, .NET %s\n' "$(date -u +%F)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" \
    "$(. /etc/os-release && echo "$PRETTY_NAME")" "$(dotnet --version)" >>"$work/table.md"
cat "$work/table.md"
if [ "$size" = 1 ]; then
    kept=$here/../results/musthold.md
    mkdir -p "$here/../results"
    # Rows of classes that did not run now stay as they were kept.
    if [ -f "$kept" ]; then
        { head -n 4 "$work/table.md"
          grep '^| [A-Z]' "$kept" | while IFS= read -r row; do
              name=${row#| }; name=${name%% *}
              [[ " ${classes[*]} " == *" $name "* ]] || printf '%s\n' "$row"
          done
          tail -n +5 "$work/table.md"; } >"$work/merged.md"
        cp "$work/merged.md" "$kept"
    else
        cp "$work/table.md" "$kept"
    fi
fi

exit $failed
