using Kera.Base.District;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Invoices;

/// <summary>What somebody owes for one thing, as it stands now. What was invoiced already is not taken off: the invoices do that.</summary>
/// <param name="Source">What it is for, as a word and a key that stay the same: <c>booking:abc</c>.</param>
/// <param name="AgentId">The person who pays; null for an organisation.</param>
/// <param name="Organisation">The key of the organisation that pays; empty for a person.</param>
/// <param name="Day">The day of what it is for.</param>
/// <param name="Ready">The first day on which it may be invoiced.</param>
/// <param name="Lines">What is owed, one line for each rate of tax; none, or nothing, where it costs nothing any more.</param>
public sealed record Charge(string Source, int? AgentId, string Organisation, LocalDate Day, LocalDate Ready, IReadOnlyList<ChargeLine> Lines);

/// <summary>A line of a charge.</summary>
/// <param name="Text">What it is, without anything personal.</param>
/// <param name="Gross">Cents with tax.</param>
/// <param name="Vat">What of them is tax.</param>
/// <param name="Rate">The tax in hundredths of a per cent.</param>
public sealed record ChargeLine(LocalizedText Text, int Gross, int Vat, int Rate);

/// <summary>Something for which people owe. A feature registers its own in the service collection.</summary>
/// <param name="Word">The word with which its sources begin.</param>
/// <param name="OwedAsync">All that is owed to a seller, and what was and is not any more, of the last year.</param>
public sealed record ChargeSource(string Word, Func<KeraDb, DistrictSeller, CancellationToken, Task<IReadOnlyList<Charge>>> OwedAsync);
