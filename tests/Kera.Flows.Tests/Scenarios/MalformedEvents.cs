namespace Kera.Flows.Tests.Scenarios;

/// <summary>Each mistake gets a refusal of its own, with a sentence and a field, and changes nothing.</summary>
public class MalformedEvents
{
    private readonly Town town = new();
    private readonly Agent one;
    private readonly Agent other;
    private readonly EconomicResource stock;
    private readonly EconomicResource second;
    private readonly Process process;
    private readonly EconomicEvent good;

    public MalformedEvents()
    {
        (one, other) = (town.Agent("one"), town.Agent("other"));
        var kind = town.Kind("kind", "kg");
        (stock, second) = (town.Stock("stock", kind), town.Stock("second", kind));
        process = town.Process("process");
        town.Opens(one, stock, 5);
        good = town.Event("consume", one, stock, 1) with { InputOf = process };
    }

    public static TheoryData<string, Type> Mistakes => new()
    {
        { "no time", typeof(WrongTime) },
        { "two times", typeof(WrongTime) },
        { "an end without a beginning", typeof(WrongTime) },
        { "an end before the beginning", typeof(WrongTime) },
        { "longer than 366 days", typeof(WrongTime) },
        { "before 1900", typeof(AbsurdTime) },
        { "six minutes ahead", typeof(AbsurdTime) },
        { "no process", typeof(WrongProcess) },
        { "the other side of a process", typeof(WrongProcess) },
        { "no amount", typeof(MissingQuantity) },
        { "an effort", typeof(UnexpectedQuantity) },
        { "below zero", typeof(NegativeQuantity) },
        { "kWh of kilograms", typeof(WrongUnit) },
        { "no resource", typeof(MissingResource) },
        { "a to-resource", typeof(UnexpectedResource) },
        { "another specification", typeof(DifferentKind) },
        { "a reason", typeof(UnexpectedReason) },
        { "a place", typeof(UnexpectedEffect) },
        { "a stranger", typeof(NotEntitled) },
        { "more than there is", typeof(Overdraft) },
        { "what is not there", typeof(NotThereYet) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void Is_refused_with_its_own_reason(string mistake, Type refusal)
    {
        var result = town.Book.Append([Make(mistake)]);

        Assert.False(result.Accepted);
        Assert.IsType(refusal, result.Refusal);
        Assert.Equal((refusal.Name, 0), (result.Refusal!.Code, result.RefusedIndex));
        Assert.NotEmpty(result.Refusal.Field);
        Assert.EndsWith(".", result.Refusal.Sentence.TrimEnd('…'), StringComparison.Ordinal);
        town.Has(stock, 5, 5, one, one);
        Assert.Null(town.Book.StateOf(second));
    }

    [Fact]
    public void Without_the_mistake_it_is_accepted() => town.Happens(good);

    [Fact]
    public void Too_much_to_count_is_refused()
    {
        town.Refuses<BeyondOneEvent>(town.Event("raise", one, stock, 1) with { ResourceQuantity = new Quantity(long.MaxValue) });
        town.Has(stock, 5, 5);
    }

    private EconomicEvent Make(string mistake) => mistake switch
    {
        "no time" => good with { PointInTime = null },
        "two times" => good with { Beginning = good.PointInTime },
        "an end without a beginning" => good with { End = good.PointInTime },
        "an end before the beginning" => good with { PointInTime = null, Beginning = good.PointInTime, End = good.PointInTime - 1 },
        "longer than 366 days" => good with { PointInTime = null, Beginning = good.PointInTime, End = good.PointInTime + (366 * 86_400_000_000L) + 1 },
        "before 1900" => good with { PointInTime = -2_208_988_800_000_001 },
        "six minutes ahead" => good with { PointInTime = Town.Now + 360_000_000 },
        "no process" => good with { InputOf = null },
        "the other side of a process" => good with { InputOf = null, OutputOf = process },
        "no amount" => good with { ResourceQuantity = null, ResourceUnit = null },
        "an effort" => good with { EffortQuantity = Quantity.Whole(1), EffortUnit = Unit.Find("h") },
        "below zero" => good with { ResourceQuantity = new Quantity(-1) },
        "kWh of kilograms" => good with { ResourceUnit = Unit.Find("kWh") },
        "no resource" => good with { Resource = null, ConformsTo = stock.ConformsTo },
        "a to-resource" => good with { ToResource = second },
        "another specification" => good with { ConformsTo = town.Kind("other kind", "kg") },
        "a reason" => good with { HasReason = true },
        "a place" => good with { ToLocation = town.Place("place") },
        "a stranger" => good with { Provider = other },
        "more than there is" => good with { ResourceQuantity = Town.Amount(5.000001m) },
        "what is not there" => good with { Resource = second },
        _ => throw new ArgumentOutOfRangeException(nameof(mistake), mistake, "No such mistake."),
    };
}
