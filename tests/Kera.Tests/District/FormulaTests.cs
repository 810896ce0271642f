using System.Globalization;
using CsCheck;
using Kera.Base.District;
using Kera.Base.District.Formulas;
using Kera.Features.Indicators;

namespace Kera.Tests.District;

/// <summary>Formulas of indicators: what they mean, what is wrong with them and where, and their units.</summary>
public sealed class FormulaTests
{
    private static readonly Lazy<FormulaScope> Kera = new(() => DistrictFiles.Read(EditedKera.Source).Model!.FormulaScope);

    [Theory]
    [InlineData("2 + 3 × 4", 14)]
    [InlineData("(2 + 3) * 4", 20)]
    [InlineData("10 − 4 - 3", 3)]
    [InlineData("64 ÷ 4 / 2", 8)]
    [InlineData("12.5", 12.5)]
    public void Numbers_are_reckoned_in_the_usual_order(string text, double value) => Assert.Equal(value, Value(text), 12);

    [Fact]
    public void Any_written_tree_reads_as_itself() => Tree(4).Sample(tree => Assert.Equal(tree.Value, Value(tree.Text)));

    [Fact]
    public void No_text_whatever_does_more_than_fail() => Gen.String[Gen.Char["0123456789.+-*/()÷×− totalfcseriguk:,%{}é"], 0, 60].Sample(text =>
    {
        var formula = FormulaParser.Parse(text, out var error);
        Assert.Equal(formula is null, error is not null);
        Assert.True(error is null || (error.Column >= 1 && error.Column <= text.Length + 1 && error.Remedy.Length > 0));
    });

    [Theory]
    [InlineData("", 1, "ends where a part of it is missing")]
    [InlineData("1 +", 4, "ends where a part of it is missing")]
    [InlineData("1 2", 3, "'2' stands where the formula could end")]
    [InlineData("(1 + 2", 1, "the parenthesis is not closed")]
    [InlineData("1)", 2, "')' stands where the formula could end")]
    [InlineData("1.2.3", 1, "'1.2.3' is no number")]
    [InlineData("2 × totel(flow: a)", 5, "there is no function 'totel'")]
    [InlineData("total flow: a", 7, "'total' has no parenthesis")]
    [InlineData("total(flow: a", 1, "the parenthesis of 'total' is not closed")]
    [InlineData("total(flov: a)", 13, "'total' has no 'flov'")]
    [InlineData("total(a)", 7, "'a' stands without its name")]
    [InlineData("total(flow: a, flow: b)", 22, "'flow' is here twice")]
    [InlineData("total(flow: a, measure: weight)", 25, "unknown measure 'weight'")]
    [InlineData("figure(carbon.day)", 8, "'figure' does not say in which unit it is")]
    [InlineData("figure(carbon.day, unit: tons)", 26, "unknown unit 'tons'")]
    [InlineData("series(a, unit: kWh, of: most)", 26, "a Series has no 'most'")]
    [InlineData("fact(a, unit: kWh)", 15, "'fact' has no 'unit'")]
    [InlineData("fact()", 6, "an argument of 'fact' is missing")]
    public void A_mistake_says_where_it_is(string text, int column, string problem)
    {
        Assert.Null(FormulaParser.Parse(text, out var error));
        Assert.Contains(problem, error!.Problem, StringComparison.Ordinal);
        Assert.Equal(column, error.Column);
    }

    [Theory]
    [InlineData("total(specification: electricity)", "kWh", true)]
    [InlineData("total(specification: electricity)", "MWh", true)]
    [InlineData("total(specification: electricity)", "kg", false)]
    [InlineData("total(specification: electricity) ÷ fact(demo-residents)", "kWh/{resident}", true)]
    [InlineData("total(flow: demo-farm-water) ÷ total(specification: leaf-vegetables)", "L/kg", true)]
    [InlineData("total(flow: demo-farm-water) ÷ total(specification: leaf-vegetables)", "kg/L", false)]
    [InlineData("total(specification: heat) ÷ total(specification: electricity)", "%", true)]
    [InlineData("total(resource: heat-network) × total(specification: floor-area)", "kWh", false)]
    [InlineData("total(specification: floor-area, measure: effort)", "h", true)]
    [InlineData("figure(carbon.intensity.power-network, unit: g/kWh) × total(specification: electricity)", "kg", true)]
    [InlineData("figure(carbon.day, unit: kg{CO2e})", "t", true)]
    public void Units_follow_the_formula(string text, string unit, bool fits)
    {
        var found = Kera.Value.UnitOf(FormulaParser.Parse(text, out _)!, out var error);

        Assert.Null(error);
        Assert.Equal(fits, found!.Fits(FormulaUnit.TryParse(unit)!));
    }

    [Theory]
    [InlineData("total(specification: electricity) + total(specification: compost)", "kWh (energy) plus kg (mass) is no sum")]
    [InlineData("total(specification: electricity) − 5", "kWh (energy) minus 1 (a number) is no sum")]
    [InlineData("1 + total(specification: heat) ÷ total(specification: floor-area)", "1 (a number) plus kWh/m2 (energy / area) is no sum")]
    [InlineData("total(action: consume)", "does not say of what it is")]
    public void What_is_no_sum_is_refused(string text, string problem)
    {
        Assert.Null(Kera.Value.UnitOf(FormulaParser.Parse(text, out _)!, out var error));
        Assert.Contains(problem, error!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_divided_by_one_of_its_factors_is_the_other() => Gen.Select(Codes, Codes).Sample((left, right) =>
    {
        var (a, b) = (FormulaUnit.TryParse(left)!, FormulaUnit.TryParse(right)!);
        var back = FormulaUnit.Divide(FormulaUnit.Multiply(a, b), b);
        Assert.True(back.Fits(a));
        Assert.Equal((double)a.Size, (double)back.Size, 1e-9 * (double)a.Size);
        Assert.Equal(a.Fits(b), b.Fits(a));
    });

    [Theory]
    [InlineData("total(flow: a)", 1)]
    [InlineData("total(flow: a) + total(flow: b)", 1)]
    [InlineData("total(flow: a) ÷ fact(b)", 1)]
    [InlineData("total(flow: a) ÷ total(flow: b)", 0)]
    [InlineData("fact(a)", 0)]
    [InlineData("series(a, unit: kWh)", 1)]
    [InlineData("series(a, unit: kWh, of: mean)", 0)]
    [InlineData("total(flow: a) + fact(b)", null)]
    public void A_formula_knows_whether_it_grows_with_time(string text, int? growth) => Assert.Equal(growth, FormulaParser.Parse(text, out _)!.Growth);

    private static readonly string[] SomeUnits = ["kWh", "MWh", "kg", "L", "m2", "h", "1", "%", "{resident}", "g/kWh", "kWh/m2"];

    private static Gen<string> Codes => Gen.Int[0, SomeUnits.Length - 1].Select(at => SomeUnits[at]);

    private static double Value(string text) => FormulaValues.Evaluate(FormulaParser.Parse(text, out var error) ?? throw new InvalidOperationException(error!.Problem), _ => 0);

    private static Gen<(string Text, double Value)> Tree(int depth)
    {
        var number = Gen.Int[1, 999].Select(value => (value.ToString(CultureInfo.InvariantCulture), (double)value));
        return depth == 0 ? number : Gen.OneOf(number, Gen.Select(Tree(depth - 1), Gen.Int[0, 3], Tree(depth - 1)).Select((left, sign, right) => (
            $"({left.Text} {"+−×÷"[sign]} {right.Text})",
            sign switch { 0 => left.Value + right.Value, 1 => left.Value - right.Value, 2 => left.Value * right.Value, _ => left.Value / right.Value })));
    }
}
