using Kera.Base.Ui;

namespace Kera.Tests.Ui;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("sv-FI, fi;q=0.8, en;q=0.5", "sv")]
    [InlineData("de, en-GB;q=0.7, fi;q=0.3", "en")]
    [InlineData("fi;q=0.1, SV;q=0.9", "sv")]
    [InlineData("en;q=0, sv;q=0.1", "sv")]
    [InlineData("de-DE, fr", "fi")]
    [InlineData("fil", "fi")]
    [InlineData("", "fi")]
    [InlineData("not a header ;;;", "fi")]
    public void A_reader_gets_the_language_asked_for_and_Finnish_else(string header, string expected) =>
        Assert.Equal(expected, Language.Preferred([header]).Code);
}
