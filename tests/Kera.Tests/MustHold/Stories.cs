using Kera.Base.Ledger;
using Kera.Tests.Ledger;
using NodaTime;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.MustHold;

/// <summary>A small ledger in which every column of every table has something to say.</summary>
internal static class Stories
{
    private static readonly Instant Spring = Instant.FromUtc(2026, 4, 1, 9, 30);

    /// <summary>One more event after all of them.</summary>
    public static EventInput Last { get; } = Consume("pile", 1, "kg", Spring + Duration.FromDays(20));

    public static async Task TellAsync(LedgerHarness ledger)
    {
        Assert.True((await ledger.Writer.PutAgreementAsync(new AgreementInput("deal", "Sopimus", "Avtal", "Deal", ["public"]), Tester)).Accepted);
        var promise = new CommitmentInput { Key = "promise", Action = "transfer", Provider = "city", Receiver = "builder", ResourceConformsTo = "brick", ResourceQuantity = Measure(40, "kg"), ClauseOf = "deal", Audience = ["public"] };
        Assert.True((await ledger.Writer.PutCommitmentAsync(promise, Tester)).Accepted);
        await ledger.RecordAsync(Raise("pile", 500, "kg", Spring) with { Note = "Counted by hand." });
        var wrong = await ledger.RecordAsync(Consume("pile", 80, "kg", Spring + Duration.FromDays(1), "delivery-1") with { Audience = [] });
        await ledger.RecordAsync(Transfer("pile", "wall", 25) with { Fulfills = [new FulfilmentInput("promise", Measure(25, "kg"))], RealizationOf = "deal", ToLocation = "site", State = "clean" });
        await ledger.RecordAsync(new EventInput { Corrects = wrong, ResourceQuantity = Measure(-70, "kg"), Reason = "a comma" });
        // Late: the versions of the pile are written anew.
        await ledger.RecordAsync(Consume("pile", 5, "kg", Spring + Duration.FromHours(2)));
        await ledger.RecordAsync(Raise("drill-1", 1, "1", Spring));
        await ledger.RecordAsync(new EventInput { Action = "accept", Provider = "city", InputOf = "mending", ResourceInventoriedAs = "drill-1", ResourceQuantity = Measure(1, "1"), HasPointInTime = Spring + Duration.FromDays(1), Audience = ["public"] });
        await ledger.RecordAsync(new EventInput { Action = "modify", Provider = "city", OutputOf = "mending", ResourceInventoriedAs = "drill-1", ResourceQuantity = Measure(1, "1"), HasPointInTime = Spring + Duration.FromDays(2), ToLocation = "yard", State = "mended", Audience = ["public"] });
        await ledger.RecordAsync(new EventInput { Action = "use", Provider = "city", InputOf = "works", ResourceInventoriedAs = "drill-1", EffortQuantity = Measure(3, "h"), HasBeginning = Spring + Duration.FromDays(3), HasEnd = Spring + Duration.FromDays(3) + Duration.FromHours(3), Audience = ["public"] });
        await ledger.RecordAsync(new EventInput { Action = "produce", Provider = "city", OutputOf = "meter", ResourceInventoriedAs = "network", ResourceQuantity = Measure(12.5m, "kWh"), HasBeginning = Spring, HasEnd = Spring + Duration.FromHours(1), Audience = ["public"] });
        await ledger.RecordAsync(Transfer("pile", "wall", 10) with { HasPointInTime = Spring + Duration.FromDays(40), Fulfills = [new FulfilmentInput("promise", Measure(10, "kg"))] });
        Assert.True((await ledger.Writer.PutCommitmentAsync(promise with { Finished = true }, Tester)).Accepted);
    }

    private static EventInput Transfer(string from, string to, decimal amount) => new()
    {
        Action = "transfer",
        Provider = "city",
        Receiver = "builder",
        ResourceInventoriedAs = from,
        ToResourceInventoriedAs = to,
        ResourceQuantity = Measure(amount, "kg"),
        HasPointInTime = Spring + Duration.FromDays(4),
        Audience = ["public"],
    };
}
