using Kera.Base.District;
using Kera.Flows;

namespace Kera.Tests.District;

public sealed class KeraFilesTests
{
    private static readonly DistrictReading Kera = DistrictFiles.Read(EditedKera.Source);

    [Fact]
    public void The_built_in_district_reads_without_a_mistake() =>
        Assert.Equal("", string.Join('\n', Kera.Mistakes));

    [Fact]
    public void History_has_the_printed_numbers()
    {
        var history = Kera.Model!.History;
        Assert.Equal(Quantity.Whole(19), history["smart-poles-installed"].Input.ResourceQuantity!.HasNumericalValue);
        Assert.Equal("history:smart-poles-installed", history["smart-poles-installed"].Input.IdempotencyKey);
        Assert.Equal(Quantity.Whole(40), history["new-street-opened"].Input.ResourceQuantity!.HasNumericalValue);
        Assert.Equal(Quantity.Whole(75), history["cameras-installed"].Input.ResourceQuantity!.HasNumericalValue);
        Assert.All(history.Values, happened => Assert.Equal(["public"], happened.Input.Audience));
        Assert.All(history.Values, happened => Assert.Equal(happened.Quality == DistrictQuality.Estimated, happened.Formula is not null));
    }
}
