using CsCheck;
using Kera.Features.Search;

namespace Kera.Tests.Features.Search;

/// <summary>How texts are taken apart, and how near words are.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData("Keran asema", "keran asema")]
    [InlineData("Ääkkönen på Östra Ån", "aakkonen pa ostra an")]
    [InlineData("kaupungin\u00ADosa", "kaupunginosa")]
    [InlineData("A-Insinöörit", "a insinoorit")]
    [InlineData("the city’s, residents'", "the citys residents")]
    [InlineData("CO₂: 30 000 m²", "co2 30 000 m2")]
    [InlineData("A\u0308a\u030A", "aa")]
    [InlineData("ﬁlm", "film")]
    [InlineData("Straße Ærø", "strasse aero")]
    [InlineData(" ·–… ", "")]
    public void A_text_is_words_without_case_marks_and_soft_hyphens(string text, string folded) =>
        Assert.Equal(folded, string.Join(' ', Words.Of(text).Select(word => word.Folded)));

    [Fact]
    public void A_word_knows_where_it_stands()
    {
        const string Text = "Kau\u00ADpungin – öa\u0308";

        Assert.Equal(["Kau\u00ADpungin", "öa\u0308"], Words.Of(Text).Select(word => Text[word.Start..word.End]));
        Assert.Equal(["kaupungin", "öä"], Words.Of(Text).Select(word => word.Letters));
    }

    [Theory]
    [InlineData("puisto", "puisto", 0)]
    [InlineData("puisto", "puitso", 1)]
    [InlineData("puisto", "puist", 1)]
    [InlineData("puisto", "puiisto", 1)]
    [InlineData("puisto", "muisto", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("asema", "", 3)]
    [InlineData("", "", 0)]
    public void A_distance_counts_slips_up_to_the_most(string one, string other, int distance)
    {
        Assert.Equal(distance, Spelling.Distance(one, other, 2));
        Assert.Equal(distance, Spelling.Distance(other, one, 2));
    }

    [Fact]
    public void The_mask_never_hides_who_is_near() => Gen.Select(Gen.String[Gen.Char["abcdeåäö1"], 0, 9], Gen.String[Gen.Char["abcdeåäö1"], 0, 9]).Sample((one, other) =>
        Spelling.Distance(one, other, 2) > 2 || System.Numerics.BitOperations.PopCount(Spelling.Mask(one) ^ Spelling.Mask(other)) <= 4);

    [Theory]
    [InlineData("hallissa", "halli", 0)]
    [InlineData("halleissa", "halli", 0)]
    [InlineData("asemalla", "asema", 0)]
    [InlineData("puistoon", "puisto", 0)]
    [InlineData("kadulla", "katu", 0)]
    [InlineData("pellolla", "pelto", 0)]
    [InlineData("virrat", "virta", 0)]
    [InlineData("kaupungissa", "kaupunki", 0)]
    [InlineData("kaupassa", "kauppa", 0)]
    [InlineData("kampuksella", "kampus", 0)]
    [InlineData("sitoumukset", "sitoumus", 0)]
    [InlineData("asumisen", "asuminen", 0)]
    [InlineData("kortteleiden", "kortteli", 0)]
    [InlineData("hallarna", "hall", 1)]
    [InlineData("stationens", "station", 1)]
    [InlineData("parkerna", "parken", 1)]
    [InlineData("gatorna", "gata", 1)]
    [InlineData("kvarteret", "kvarter", 1)]
    [InlineData("forbindelsen", "forbindelse", 1)]
    [InlineData("cities", "city", 2)]
    [InlineData("buildings", "building", 2)]
    [InlineData("planned", "plan", 2)]
    [InlineData("houses", "house", 2)]
    public void Forms_of_a_word_have_a_stem_in_common(string form, string word, int language) =>
        Assert.NotEmpty(Stems.Of(form, language).Intersect(Stems.Of(word, language)));

    [Theory]
    [InlineData("asema", "alue", 0)]
    [InlineData("puisto", "piste", 0)]
    [InlineData("park", "plats", 1)]
    [InlineData("heat", "hall", 2)]
    public void Other_words_have_none(string one, string other, int language) =>
        Assert.Empty(Stems.Of(one, language).Intersect(Stems.Of(other, language)));
}
