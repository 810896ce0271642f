using System.Security.Cryptography;

namespace Kera.Base.Store;

/// <summary>Random keys of what people make: short enough for an address, and not to be guessed.</summary>
public static class RandomKey
{
    // Without what is read for something else: l, o, 0 and 1.
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>A new one.</summary>
    /// <param name="length">How many letters; each has five bits.</param>
    public static string New(int length = 14) => RandomNumberGenerator.GetString(Letters, length);
}
