namespace Kera.Flows.Tests.Scenarios;

/// <summary>A small town with a ledger of its own; every event happens an hour after the one told before it.</summary>
internal sealed class Town
{
    /// <summary>When everything is recorded: 2027-01-01T00:00Z.</summary>
    public const long Now = 1_798_761_600_000_000;

    private int nouns;
    private int hour;

    public LedgerBook Book { get; } = LedgerBook.InMemory();

    /// <summary>The accepted events, in the order of the log.</summary>
    public List<EconomicEvent> Log { get; } = [];

    /// <summary>The given hour of the story, microseconds since 1970 UTC.</summary>
    public static long At(int hour) => Now - (1000 * 3_600_000_000L) + (hour * 3_600_000_000L);

    public static Quantity Amount(decimal amount) => new((long)(amount * Quantity.One));

    public Agent Agent(string key) => new(++nouns, key);

    public Agent Outside(string key) => new(++nouns, key, Outside: true);

    public ResourceSpecification Kind(string key, string unit, string? effort = null) =>
        new(++nouns, key, Unit.Find(unit), effort is null ? null : Unit.Find(effort));

    public EconomicResource Stock(string key, ResourceSpecification kind, string? lot = null) => new(++nouns, key, kind, Lot: lot);

    public EconomicResource Thing(string key, ResourceSpecification kind) => new(++nouns, key, kind, ResourceKind.Identified);

    public EconomicResource Network(string key, ResourceSpecification kind) => new(++nouns, key, kind, ResourceKind.Throughput);

    public Process Process(string key, string? kind = null, bool continuous = false) =>
        new(++nouns, key, kind is null ? null : new ProcessSpecification(++nouns, kind), continuous);

    public SpatialThing Place(string key) => new(++nouns, key);

    /// <summary>An event of a resource, an hour after the last; raise and lower come with their reason.</summary>
    public EconomicEvent Event(string action, Agent provider, Agent receiver, EconomicResource? resource, decimal amount, EconomicResource? to = null) => new()
    {
        Action = FlowAction.Find(action),
        Provider = provider,
        Receiver = receiver,
        Resource = resource,
        ToResource = to,
        ResourceQuantity = Amount(amount),
        ResourceUnit = (resource ?? to)?.ConformsTo.Unit,
        PointInTime = At(++hour),
        HasReason = action is "raise" or "lower",
        Created = Now,
    };

    public EconomicEvent Event(string action, Agent agent, EconomicResource resource, decimal amount, EconomicResource? to = null) =>
        Event(action, agent, agent, resource, amount, to);

    /// <summary>Hours of use or work.</summary>
    public EconomicEvent Effort(string action, Agent provider, Agent receiver, Process process, decimal hours) => new()
    {
        Action = FlowAction.Find(action),
        Provider = provider,
        Receiver = receiver,
        InputOf = process,
        EffortQuantity = Amount(hours),
        EffortUnit = Unit.Find("h"),
        Beginning = At(++hour),
        Created = Now,
    };

    /// <summary>The correction of a recorded amount by a signed difference.</summary>
    public static EconomicEvent Correction(EconomicEvent recorded, decimal difference) => new()
    {
        Action = recorded.Action,
        Provider = recorded.Provider,
        Receiver = recorded.Receiver,
        ResourceQuantity = Amount(difference),
        ResourceUnit = recorded.ResourceUnit,
        Corrects = recorded.Position,
        Created = Now,
    };

    /// <summary>Records events as one transaction, which is accepted, and returns the last as recorded.</summary>
    public EconomicEvent Happens(params IReadOnlyList<EconomicEvent> events)
    {
        var result = Book.Append(events);
        Assert.True(result.Accepted, result.Refusal?.Sentence);
        Log.AddRange(result.Events);
        return result.Events[^1];
    }

    /// <summary>An opening balance.</summary>
    public EconomicEvent Opens(Agent owner, EconomicResource resource, decimal amount) => Happens(Event("raise", owner, resource, amount));

    /// <summary>Offers events as one transaction, which is refused for the expected reason.</summary>
    public TRefusal Refuses<TRefusal>(params IReadOnlyList<EconomicEvent> events)
        where TRefusal : Refusal
    {
        var result = Book.Append(events);
        Assert.False(result.Accepted, "The ledger accepted what it should refuse.");
        return Assert.IsType<TRefusal>(result.Refusal);
    }

    public ResourceState State(EconomicResource resource)
    {
        var state = Book.StateOf(resource);
        Assert.True(state.HasValue, $"{resource.Key} has not come into being.");
        return state.Value;
    }

    public void Has(EconomicResource resource, decimal accounting, decimal onhand, Agent? accountable = null, Agent? custodian = null)
    {
        var state = State(resource);
        Assert.Equal((accounting, onhand), (state.Accounting.ToDecimal(), state.Onhand.ToDecimal()));
        if (accountable is not null)
            Assert.Equal(accountable, state.Accountable);
        if (custodian is not null)
            Assert.Equal(custodian, state.Custodian);
    }
}
