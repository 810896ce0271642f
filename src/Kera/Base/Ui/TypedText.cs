namespace Kera.Base.Ui;

/// <summary>What was typed into a form.</summary>
public static class TypedText
{
    /// <summary>
    /// The text as it is kept. A browser sends line ends as two characters, which a person counts as one. Other control characters
    /// nobody sees or means, and a database may refuse them.
    /// </summary>
    /// <param name="text">What was typed.</param>
    /// <param name="lines">Whether it may have several lines.</param>
    public static string Clean(string text, bool lines) => new string(
    [
        .. text.ReplaceLineEndings("\n")
            .Where(letter => !char.IsControl(letter) || letter is '\n' or '\t')
            .Select(letter => letter == '\t' || (letter == '\n' && !lines) ? ' ' : letter),
    ]).Trim();
}
