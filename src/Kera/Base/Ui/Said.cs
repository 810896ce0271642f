using Kera.Base.District;

namespace Kera.Base.Ui;

/// <summary>A text in the reader's language, or where there is none in it, in another.</summary>
/// <param name="Text">The text; empty where there is none in any language.</param>
/// <param name="Language">Its language where it is not the reader's; null where it is.</param>
public sealed record Said(string Text, string? Language)
{
    /// <summary>A text for a reader.</summary>
    public static Said In(Language language, LocalizedText text)
    {
        var spoken = Ui.Language.All.OrderByDescending(each => each == language).FirstOrDefault(each => text.In(each.Code).Length > 0) ?? language;
        return new Said(text.In(spoken.Code), spoken == language ? null : spoken.Code);
    }
}
