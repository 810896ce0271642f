namespace Kera.Base.District;

/// <summary>A text in the three languages of every page. A proper name is the same in all three.</summary>
/// <param name="Fi">Finnish.</param>
/// <param name="Sv">Swedish.</param>
/// <param name="En">English.</param>
public sealed record LocalizedText(string Fi, string Sv, string En)
{
    /// <summary>The text in a language.</summary>
    /// <param name="language"><c>fi</c>, <c>sv</c> or <c>en</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The language is none of the three.</exception>
    public string In(string language) => language switch
    {
        "fi" => Fi,
        "sv" => Sv,
        "en" => En,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "A language is fi, sv or en."),
    };
}
