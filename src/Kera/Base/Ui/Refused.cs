using Kera.Base.Access;

namespace Kera.Base.Ui;

/// <summary>What was sent with a form and refused, and why.</summary>
/// <param name="Values">What was entered, by field.</param>
/// <param name="Errors">What is wrong, by field.</param>
public sealed record Refused(IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Errors)
{
    /// <summary>Nothing was.</summary>
    public static Refused Nothing { get; } = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>One field was.</summary>
    public static Refused Of(PageContext page, AccessException mistake, params ReadOnlySpan<(string Field, string? Value)> entered)
    {
        var values = new Dictionary<string, string>();
        foreach (var (field, value) in entered)
        {
            values[field] = value ?? "";
        }

        return new Refused(values, new Dictionary<string, string> { [mistake.Field] = mistake.TextKey is { } key ? page.Texts[key] : mistake.Message });
    }
}
