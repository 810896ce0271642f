using System.Security.Cryptography;
using System.Text;

namespace Kera.Base.Payments;

/// <summary>How Paytrail signs: HMAC-SHA256 over all values that begin with <c>checkout-</c>, by name, each a line, and the body after them.</summary>
public static class PaytrailSignature
{
    /// <summary>The header and parameter that holds it.</summary>
    public const string Name = "signature";

    /// <summary>What the names of signed values begin with.</summary>
    public const string Prefix = "checkout-";

    /// <summary>The signature of headers, or of the parameters of an address.</summary>
    /// <param name="secret">The account's secret.</param>
    /// <param name="values">Headers or parameters; those without the prefix do not count.</param>
    /// <param name="body">The body as it is sent; empty for none.</param>
    public static string Of(string secret, IEnumerable<KeyValuePair<string, string>> values, string body)
    {
        var lines = values.Where(value => value.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}:{value.Value}");
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Join('\n', lines.Append(body)))));
    }

    /// <summary>Whether a signature is right, in the same time whatever is wrong with it.</summary>
    public static bool IsRight(string signature, string secret, IEnumerable<KeyValuePair<string, string>> values, string body) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Of(secret, values, body)));
}
