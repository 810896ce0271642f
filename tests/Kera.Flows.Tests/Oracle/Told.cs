using System.Globalization;

namespace Kera.Flows.Tests.Oracle;

/// <summary>States and events in one line of text, to compare and to show.</summary>
internal static class Told
{
    public static string State(ResourceState? state) => state is not { } there
        ? "not there"
        : State(
            there.Accounting.Millionths, there.Onhand.Millionths, there.Accountable, there.Custodian, there.Location, there.Container, there.Stage,
            there.State, there.InProcessBy?.Name, there.InProcessOf, there.InProcess.Millionths);

    public static string State(Holding? state) => state is null
        ? "not there"
        : State(
            state.Accounting, state.Onhand, state.Accountable, state.Custodian, state.Location, state.Container, state.Stage,
            state.State, state.AwayBy, state.AwayIn, state.Away);

    public static string Event(EconomicEvent happening) =>
        $"{happening.Position} {happening.Action} {happening.Provider.Key}→{happening.Receiver.Key} " +
        $"{happening.Resource?.Key}→{happening.ToResource?.Key} {happening.ConformsTo?.Key} " +
        $"{happening.ResourceQuantity} {happening.ResourceUnit} {happening.EffortQuantity} {happening.EffortUnit} " +
        $"at {happening.PointInTime}/{happening.Beginning}/{happening.End} in {happening.InputOf?.Key} out {happening.OutputOf?.Key} " +
        $"place {happening.ToLocation?.Key} state {happening.State} corrects {happening.Corrects} reason {happening.HasReason} " +
        $"fulfills {string.Join(",", happening.Fulfills.Select(link => $"{link.Commitment.Key}:{link.Quantity}"))}";

    private static string State(
        Int128 accounting, Int128 onhand, Agent? accountable, Agent? custodian, SpatialThing? location, EconomicResource? container,
        ProcessSpecification? stage, string? state, string? awayBy, Process? awayIn, Int128 away) => string.Create(
            CultureInfo.InvariantCulture,
            $"accounting {accounting}, onhand {onhand}, accountable {accountable?.Key}, custodian {custodian?.Key}, location {location?.Key}, " +
            $"in {container?.Key}, stage {stage?.Key}, state {state}, away {away} by {awayBy} in {awayIn?.Key}");
}
