using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kera.Base.Invoices;

/// <summary>Numbers with check digits, as Finnish invoices have them.</summary>
public static class FinnishNumbers
{
    private static readonly int[] s_businessWeights = [7, 9, 10, 5, 8, 4, 2];
    private static readonly int[] s_referenceWeights = [7, 3, 1];

    /// <summary>The reference number of a payment: the digits with their check digit (weights 7, 3, 1 from the right).</summary>
    /// <param name="digits">3 to 19 digits, of which the first is no zero.</param>
    public static string Reference(string digits)
    {
        var sum = digits.Reverse().Select((digit, at) => (digit - '0') * s_referenceWeights[at % s_referenceWeights.Length]).Sum();
        return digits + ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The same as a creditor reference (ISO 11649), <c>RF</c> with two check digits.</summary>
    public static string CreditorReference(string reference) => $"RF{98 - Remainder(reference + "RF00"):00}{reference}";

    /// <summary>A reference number in groups of five from the right, as it is read and typed.</summary>
    public static string Grouped(string reference)
    {
        var text = new StringBuilder();
        for (var at = 0; at < reference.Length; at++)
        {
            if (at > 0 && (reference.Length - at) % 5 == 0)
            {
                text.Append(' ');
            }

            text.Append(reference[at]);
        }

        return text.ToString();
    }

    /// <summary>Whether it is a business id with its check digit: <c>1234567-1</c>.</summary>
    public static bool IsBusinessId(string text)
    {
        if (text.Length != 9 || text[7] != '-' || text.Where((letter, at) => at != 7 && !char.IsAsciiDigit(letter)).Any())
        {
            return false;
        }

        var remainder = s_businessWeights.Select((weight, at) => weight * (text[at] - '0')).Sum() % 11;
        return remainder != 1 && text[8] - '0' == (remainder == 0 ? 0 : 11 - remainder);
    }

    /// <summary>Whether it is an account number with its check digits; spaces do not count.</summary>
    public static bool IsIban(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal);
        return plain.Length is >= 15 and <= 34 && plain.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetterUpper(plain[0]) && char.IsAsciiLetterUpper(plain[1])
            && (!plain.StartsWith("FI", StringComparison.Ordinal) || plain.Length == 18) && Remainder(plain[4..] + plain[..4]) == 1;
    }

    // Letters count as 10 to 35.
    private static int Remainder(string text) =>
        (int)(BigInteger.Parse(string.Concat(text.ToUpperInvariant().Select(letter => char.IsAsciiDigit(letter) ? letter - '0' : letter - 'A' + 10)), CultureInfo.InvariantCulture) % 97);
}
