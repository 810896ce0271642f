using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ui;

namespace Kera.Features.Energy;

/// <summary>Says what a plan seeks, and what of a cap it has.</summary>
internal static class GoalWords
{
    public static string Sentence(PageContext page, PlanGoal goal)
    {
        var texts = page.Texts;
        string Carbon(double kilograms) => page.Formats.Prose(RoundedQuantity.Of(kilograms, 0), "kg{CO2e}");
        if (!goal.CarbonKnown)
        {
            return texts[goal.Aim == PlanAim.Cost ? "energy.goal.Cost" : "energy.goal.unknown"];
        }

        List<string> sentences = [texts.Format($"energy.goal.{goal.Aim}", ("price", page.Formats.Amount(RoundedQuantity.Of((double)goal.CarbonPrice, 2), "EUR")))];
        if (goal.Budget is { } budget)
        {
            sentences.Add(texts.Format("energy.goal.cap", ("most", Carbon(budget.Most)), ("month", Carbon(budget.Month)), ("used", Carbon(budget.Used))));
            if (budget.Unrecorded > 0)
            {
                sentences.Add(texts.Format("energy.goal.unrecorded", ("hours", page.Formats.Number(budget.Unrecorded))));
            }

            if (goal.Over >= 1)
            {
                sentences.Add(texts.Format("energy.goal.over", ("over", Carbon(goal.Over))));
            }
        }

        return string.Join(' ', sentences);
    }
}
