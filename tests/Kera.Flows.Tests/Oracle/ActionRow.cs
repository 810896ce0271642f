using System.Collections.Frozen;

namespace Kera.Flows.Tests.Oracle;

/// <summary>
/// The ValueFlows 1.0 table, typed in a second time and in another form than the kernel's, so that a slip in one of them shows.
/// A dot in an effect is “not applicable”, + and - are increments and decrements; <c>self</c> is the resource, <c>to</c> the to-resource.
/// </summary>
internal sealed record ActionRow(
    string Name,
    string Side,
    string Pair,
    string Creates,
    string Carries,
    string Accounting,
    string Onhand,
    string Location,
    string Contained,
    string Accountable,
    string Stage,
    string State,
    string Implies)
{
    private const string Table = """
        action            side    pair     creates  carries   accounting  onhand   location  contained  accountable  stage  state  implies
        produce           out     -        self     resource  +           +        new       .          new          set    set    transfer
        consume           in      -        -        resource  -           -        .         .          .            .      set    transfer
        use               in      -        -        both      .           .        .         .          .            .      set    none
        work              in      -        -        effort    .           .        .         .          .            .      .      none
        cite              in      -        -        resource  .           .        .         .          .            .      set    none
        deliverService    inout   -        -        resource  .           .        .         .          .            .      .      transfer
        pickup            in      dropoff  -        resource  .           -        set       .          .            .      set    transferCustody
        dropoff           out     pickup   -        resource  .           +        set       .          .            set    set    transferCustody
        accept            in      modify   -        resource  .           -        set       .          .            .      set    transferCustody
        modify            out     accept   -        resource  .           +        set       .          .            set    set    transferCustody
        combine           in      -        -        resource  .           -        .         set        .            .      set    none
        separate          out     -        -        resource  .           +        .         clear      .            set    set    none
        transferCustody   -       -        to       resource  .           -+       setTo     .          .            .      setTo  none
        transferAllRights -       -        to       resource  -+          .        .         .          setTo        .      setTo  none
        transfer          -       -        to       resource  -+          -+       setTo     .          setTo        .      setTo  none
        move              -       -        to       resource  -+          -+       setTo     .          .            .      setTo  none
        copy              -       -        to       resource  to+         to+      new       .          new          .      setTo  none
        raise             -       -        self     resource  +           +        .         .          new          .      set    none
        lower             -       -        self     resource  -           -        .         .          new          .      set    none
        """;

    public static FrozenDictionary<string, ActionRow> All { get; } = Table
        .Split('\n')
        .Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(cell => new ActionRow(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5], cell[6], cell[7], cell[8], cell[9], cell[10], cell[11], cell[12]))
        .ToFrozenDictionary(row => row.Name, StringComparer.Ordinal);

    public static ActionRow Of(EconomicEvent happening) => All[happening.Action.Name];
}
