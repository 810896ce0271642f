using Kera.Base.District;
using Kera.Base.Ui;
using Kera.Flows;

namespace Kera.Features.Indicators;

/// <summary>Says of a goal in words how much, of when and how far from its path.</summary>
internal static class GoalWords
{
    /// <summary>An amount in an indicator's unit.</summary>
    public static string Amount(PageContext page, DistrictIndicator indicator, Quantity quantity) => page.Formats.Prose(quantity, indicator.Unit.Code);

    /// <inheritdoc cref="Amount(PageContext, DistrictIndicator, Quantity)"/>
    public static string Amount(PageContext page, DistrictIndicator indicator, double value) => Amount(page, indicator, IndicatorBill.ToQuantity(value));

    /// <summary>Of when a value is, with how much of its period is recorded.</summary>
    public static string When(PageContext page, Goal goal)
    {
        if (goal.Value is not { } value)
        {
            return page.Texts.Of("indicators.period", GoalQuery.Word(goal.Indicator.Period));
        }

        if (goal.Indicator.Period == IndicatorPeriod.AllTime || (goal.Days is null && goal.Indicator.Formula!.Calls.All(call => call is not Base.District.Formulas.FormulaFigure)))
        {
            return page.Texts["indicators.when.allTime"];
        }

        if (goal.Days is not { } days)
        {
            return page.Formats.Moment(value.Until);
        }

        var last = page.Formats.OnDay(value.Until.InZone(page.Formats.Zone).Date.PlusDays(-1));
        var until = page.Texts.Format($"indicators.when.{GoalQuery.Word(goal.Indicator.Period)}", ("day", last));
        return !days.Missing ? until : page.Texts.Format(
            goal.Indicator.Rate ? "indicators.when.scaled" : "indicators.when.short",
            ("when", until),
            ("days", page.Formats.Number(days.Recorded)));
    }

    /// <summary>How far from its path a goal is, as a sentence, or why it is not judged; null without a value.</summary>
    public static string? Gap(PageContext page, Goal goal)
    {
        if (goal.Standing.Status is GoalStatus.NoData)
        {
            return goal.Value is null ? null : page.Texts["indicators.gap.partial"];
        }

        var more = goal.Indicator.Direction == IndicatorDirection.More ? goal.Standing.Better > 0 : goal.Standing.Better < 0;
        return goal.Standing.Status == GoalStatus.OnPath
            ? page.Texts.Format("indicators.gap.none", ("expected", Amount(page, goal.Indicator, goal.Standing.Expected)))
            : page.Texts.Format(
                more ? "indicators.gap.more" : "indicators.gap.less",
                ("amount", Difference(page, goal.Indicator, IndicatorBill.ToQuantity(Math.Abs(goal.Standing.Better)))),
                ("expected", Amount(page, goal.Indicator, goal.Standing.Expected)));
    }

    // Between two shares lie percentage points: a per cent of a per cent is something else.
    private static string Difference(PageContext page, DistrictIndicator indicator, Quantity difference) => indicator.Unit.Code == "%"
        ? page.Texts.Format("indicators.percentPoints", ("number", page.Formats.Rounded(difference)))
        : Amount(page, indicator, difference);

    /// <summary>A year's point as its label: its sources are told elsewhere.</summary>
    public static string Year(int year) => year.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
