using Kera.Base.Access;
using Kera.Base.Figures;
using Kera.Base.Letters;
using NodaTime.Text;

namespace Kera.Features.Flows;

/// <summary>What last week's letter says of the ledger: how much energy was used, and whether that is more than the week before.</summary>
internal static class FlowsLetter
{
    // Of the week before, in percent: a smaller difference is none to a reader.
    private const int Same = 3;

    private static readonly (string Specification, string Key)[] Kinds = [("electricity", "flows.week.power"), ("heat", "flows.week.heat")];

    public static async Task<LetterContent?> WriteAsync(LetterContext letter, CancellationToken cancellation)
    {
        var (texts, formats) = (letter.Page.Texts, letter.Page.Formats);
        // A letter may hang on a wall: it says what is public.
        var reader = FlowsReader.Of(new FigureContext(letter.Services, Reader.Public, letter.Page.Language, letter.Now));
        var lines = new List<LetterLine>();
        foreach (var (specification, key) in Kinds)
        {
            var path = $"{FlowsFeature.Path}?specification={specification}&action=consume&period=day&from={LocalDatePattern.Iso.Format(letter.Monday.PlusDays(-7))}";
            if (await reader.UsedAsync(specification, letter.Monday.PlusDays(-7), letter.Monday, cancellation) is not { } used)
            {
                continue;
            }

            var sentence = texts.Format(key, ("amount", formats.Prose(used.Quantity, used.Unit)));
            if (await reader.UsedAsync(specification, letter.Monday.PlusDays(-14), letter.Monday.PlusDays(-7), cancellation) is { } before && before.Days == used.Days)
            {
                sentence += " " + Compared(used.Quantity, before.Quantity);
            }

            lines.Add(new LetterLine(sentence, path));

            string Compared(Kera.Flows.Quantity now, Kera.Flows.Quantity then)
            {
                var more = now > then;
                var difference = more ? now - then : then - now;
                return difference.ToDecimal() * 100 < then.ToDecimal() * Same
                    ? texts["flows.week.same"]
                    : texts.Format(more ? "flows.week.more" : "flows.week.less", ("share", formats.Percent(difference, then)));
            }
        }

        return lines.Count == 0 ? null : new LetterContent(texts["flows.week.title"], lines);
    }
}
