using System.Security.Cryptography;
using System.Text;

namespace Kera.Base.Accounts;

/// <summary>Codes that are printed, read out and typed: <c>K7QM-2FHX-9TBD</c>. Only their hash is kept.</summary>
internal static class Codes
{
    // No letter is easily taken for another. 12 of 30 are 58 random bits, behind a throttle.
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 12;
    private const int Group = 4;

    /// <summary>A new code.</summary>
    public static string Make()
    {
        var letters = RandomNumberGenerator.GetString(Letters, Length);
        return string.Join('-', Enumerable.Range(0, Length / Group).Select(part => letters.Substring(part * Group, Group)));
    }

    /// <summary>The hash of a code as a person typed it: small letters and missing dashes make no difference.</summary>
    public static byte[] HashOf(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)])));
}
