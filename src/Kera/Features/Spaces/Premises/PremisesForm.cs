using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces.Premises;

/// <summary>Reads what was typed about premises, calls, applications and agreements. What is wrong is told by field, and what was typed is kept as it is.</summary>
internal sealed class PremisesForm(IFormCollection form, PageContext page)
{
    private const int LongestName = 120;
    private const int LongestText = 3_000;
    private const int MostArea = 1_000_000;

    private static readonly LocalDateTimePattern s_local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");
    private readonly Dictionary<string, string> _errors = [];

    /// <summary>How many permits premises may have, and how many criteria a call.</summary>
    public static int Rows => 5;

    /// <summary>Whether something is wrong.</summary>
    public bool IsWrong => _errors.Count > 0;

    /// <summary>What was typed, and what is wrong.</summary>
    public Refused Refused => new(form.ToDictionary(typed => typed.Key, typed => typed.Value.ToString()), _errors);

    /// <summary>Tells a mistake that the rules found.</summary>
    public void Tell(AccessException mistake) => _errors[mistake.Field] = mistake.TextKey is { } key ? page.Texts[key] : mistake.Message;

    /// <summary>The fields of premises.</summary>
    /// <param name="before">What is there: its key and owner stay, and texts in other languages that were not typed.</param>
    public EmptyPremises Premises(EmptyPremises before)
    {
        var name = Localized("name", LongestName, lines: false);
        if (name == Words.Nothing)
        {
            _errors["name" + page.Language.Code] = page.Texts["premises.error.name"];
        }

        return before with
        {
            Place = Line("place"),
            Words = new PremisesWords(name, Localized("condition", LongestText, lines: true), Localized("plan", LongestText, lines: true), Localized("uses", LongestText, lines: true)),
            Area = Area("area"),
            Permits = [.. Numbers().Select(number => Permit(number, before.Permits.ElementAtOrDefault(number - 1))).OfType<PremisesPermit>()],
            FirstDay = OptionalDay("firstDay"),
            LastDay = OptionalDay("lastDay"),
            Withdrawn = Flag("withdrawn"),
            Changed = Stamp(),
        };
    }

    /// <summary>The fields of a new call.</summary>
    public PremisesCall Call(EmptyPremises premises, DateTimeZone zone)
    {
        var text = Localized("text", LongestText, lines: true);
        if (text == Words.Nothing)
        {
            _errors["text" + page.Language.Code] = page.Texts["premises.error.text"];
        }

        return new PremisesCall(
            0,
            "",
            premises.Key,
            premises.Owner,
            new CallWords(text, Localized("offered", LongestText, lines: true)),
            Moment("opens", zone),
            Moment("closes", zone),
            new CallTerms(Day("firstDay"), Day("lastDay"), Cents("rent"), Hundredths("vat"), Hours("upkeep"), Hours("opening"), Hours("sharing")),
            [.. Numbers().Select(Criterion).OfType<Criterion>()],
            null,
            null,
            0);
    }

    /// <summary>The fields of an application.</summary>
    public ApplicationWish Wish(PremisesCall call) => new(
        Text("plan"),
        OptionalArea("area"),
        Day("firstDay"),
        Day("lastDay"),
        Text("sharing"),
        [.. call.Criteria.Select((_, at) => Text(Numbered("answer", at + 1)))],
        Flag("showName"));

    /// <summary>What is made of an application.</summary>
    public Judgement Judgement(PremisesCall call) => new(
        [.. call.Criteria.Select((_, at) => int.TryParse(Line(Numbered("score", at + 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var score) ? score : -1)],
        Flag("choose"),
        Text("reason"),
        Text("publicReason"));

    /// <summary>The fields of an agreement.</summary>
    public TenancyTerms Terms() => new(
        Area("area"), Day("firstDay"), Day("lastDay"), Cents("rent"), Hundredths("vat"), Hours("use"), Hours("upkeep"), Hours("opening"), Hours("sharing"), Text("terms"), Whole("noticeDays", 366));

    /// <summary>The stamp of the version that the form began with.</summary>
    public long Stamp() => long.TryParse(Line("changed"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var stamp) ? stamp : 0;

    /// <summary>A day that must be there.</summary>
    public LocalDate Day(string field)
    {
        if (OptionalDay(field) is { } day)
        {
            return day;
        }

        _errors.TryAdd(field, page.Texts["premises.error.day"]);
        return new LocalDate(2000, 1, 1);
    }

    /// <summary>A text of several lines; empty where nothing was typed.</summary>
    public string Text(string field) => Read(field, LongestText, lines: true);

    internal static string Numbered(string field, int number) => field + number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<int> Numbers() => Enumerable.Range(1, Rows);

    private string Line(string field) => Read(field, LongestName, lines: false);

    private bool Flag(string field) => form[field] == "true";

    private string Read(string field, int most, bool lines)
    {
        var text = TypedText.Clean(form[field].ToString(), lines);
        if (text.Length > most)
        {
            _errors[field] = page.Texts.Format("premises.error.long", ("count", page.Formats.Number(text.Length)), ("most", page.Formats.Number(most)));
        }

        return text;
    }

    private LocalizedText Localized(string field, int most, bool lines) => new(Read(field + "fi", most, lines), Read(field + "sv", most, lines), Read(field + "en", most, lines));

    // Typed in the page's language; what is there in others stays while it is the same.
    private LocalizedText Spoken(string text, LocalizedText? before) =>
        before is not null && Said.In(page.Language, before).Text == text ? before
        : page.Language == Language.Finnish ? new(text, "", "")
        : page.Language == Language.Swedish ? new("", text, "")
        : new("", "", text);

    private PremisesPermit? Permit(int number, PremisesPermit? before)
    {
        var name = Line(Numbered("permit", number));
        if (name.Length == 0)
        {
            return null;
        }

        var permit = new PremisesPermit(Spoken(name, before?.Name), Day(Numbered("permitFrom", number)), Day(Numbered("permitTo", number)));
        if (permit.To < permit.From)
        {
            _errors.TryAdd(Numbered("permitTo", number), page.Texts["premises.error.days"]);
        }

        return permit;
    }

    private Criterion? Criterion(int number)
    {
        var name = Line(Numbered("criterion", number));
        if (name.Length == 0)
        {
            return null;
        }

        var weight = Whole(Numbered("weight", number), 100);
        if (weight == 0)
        {
            _errors.TryAdd(Numbered("weight", number), page.Texts["premises.error.weight"]);
        }

        return new Criterion(Spoken(name, null), weight);
    }

    private LocalDate? OptionalDay(string field)
    {
        var text = Line(field);
        if (text.Length == 0)
        {
            return null;
        }

        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= 2000 and <= 2200 } day })
        {
            return day;
        }

        _errors.TryAdd(field, page.Texts["premises.error.day"]);
        return null;
    }

    private Instant Moment(string field, DateTimeZone zone)
    {
        if (s_local.Parse(Line(field)) is { Success: true, Value: { Year: >= 2000 and <= 2200 } local })
        {
            return zone.AtLeniently(local).ToInstant();
        }

        _errors.TryAdd(field, page.Texts["premises.error.moment"]);
        return Instant.FromUnixTimeTicks(0);
    }

    private Quantity OptionalArea(string field) => Line(field).Length == 0 ? Quantity.Zero : Area(field);

    private Quantity Area(string field)
    {
        if (Number(field) is { } area && area > 0 && area <= MostArea)
        {
            return new Quantity((long)(decimal.Round(area, 2) * Quantity.One));
        }

        _errors.TryAdd(field, page.Texts["premises.error.area"]);
        return Quantity.Zero;
    }

    private int Cents(string field)
    {
        if (Line(field).Length == 0)
        {
            return 0;
        }

        if (Number(field) is { } euros && euros >= 0 && euros <= 1_000_000 && decimal.Round(euros, 2) == euros)
        {
            return (int)(euros * 100);
        }

        _errors.TryAdd(field, page.Texts["premises.error.euros"]);
        return 0;
    }

    private int Hundredths(string field)
    {
        if (Line(field).Length == 0)
        {
            return 0;
        }

        if (Number(field) is { } percent && percent >= 0 && percent <= 100 && decimal.Round(percent, 2) == percent)
        {
            return (int)(percent * 100);
        }

        _errors.TryAdd(field, page.Texts["premises.error.percent"]);
        return 0;
    }

    private int Hours(string field) => Whole(field, 744);

    private int Whole(string field, int most)
    {
        var text = Line(field);
        if (text.Length == 0)
        {
            return 0;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
        {
            return number;
        }

        _errors.TryAdd(field, page.Texts.Format("premises.error.whole", ("most", page.Formats.Number(most))));
        return 0;
    }

    // With a comma or a point, and spaces between thousands, as people write.
    private decimal? Number(string field) =>
        decimal.TryParse(Line(field).Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal).Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
