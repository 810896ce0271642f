namespace Kera.Base.District.Reading;

/// <summary>What a key looks like: it stands in addresses, so it is short and plain.</summary>
internal static class EntryKey
{
    public const string Rule = "use small letters a-z, digits and single hyphens between them, at most 64 characters, beginning with a letter";

    public static bool IsValid(string key) =>
        key.Length is > 0 and <= 64 &&
        char.IsAsciiLetterLower(key[0]) &&
        key[^1] != '-' &&
        !key.Contains("--", StringComparison.Ordinal) &&
        key.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
