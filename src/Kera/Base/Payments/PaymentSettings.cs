using Kera.Base.Hosting;

namespace Kera.Base.Payments;

/// <summary>The payment provider, Paytrail: the section <c>Kera:Payments</c>. Without a merchant nothing is paid online.</summary>
public sealed class PaymentSettings
{
    private const string Provider = ".paytrail.com";

    /// <summary>The address of its interface.</summary>
    public string Url { get; set; } = "https://services.paytrail.com";

    /// <summary>Whose payments it takes.</summary>
    public IList<PaymentMerchant> Merchants { get; } = [];

    /// <summary>Whether anything is paid online here.</summary>
    public bool InUse => Merchants.Count > 0;

    /// <summary>The pages to which people are sent, as a browser's policy for forms writes them.</summary>
    public string Pages => Root.Host.EndsWith(Provider, StringComparison.Ordinal) ? $"https://*{Provider}" : Root.GetLeftPart(UriPartial.Authority);

    private Uri Root => new(Url);

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">From where.</param>
    /// <param name="site">The address at which people reach this installation, to which the provider sends them back.</param>
    /// <exception cref="SettingException">One cannot be used.</exception>
    public static PaymentSettings From(IConfiguration configuration, SiteAddress site)
    {
        var settings = new PaymentSettings();
        try
        {
            configuration.GetSection("Kera:Payments").Bind(settings, options => options.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException mistake)
        {
            throw new SettingException("Payments", mistake.InnerException?.Message ?? mistake.Message);
        }

        settings.Check(site);
        return settings;
    }

    /// <summary>Who takes money for a seller; null where nobody does.</summary>
    public PaymentMerchant? MerchantOf(string seller) => Merchants.FirstOrDefault(merchant => merchant.Seller == seller);

    /// <summary>The merchant of an account; null where there is none.</summary>
    public PaymentMerchant? OfAccount(string account) => Merchants.FirstOrDefault(merchant => merchant.Account == account);

    /// <summary>Whether an address is one to which people may be sent to pay.</summary>
    public bool IsPage(Uri address) =>
        address.UserInfo.Length == 0 && (address.GetLeftPart(UriPartial.Authority) == Root.GetLeftPart(UriPartial.Authority) || (Root.Host.EndsWith(Provider, StringComparison.Ordinal) && address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && address.Host.EndsWith(Provider, StringComparison.Ordinal)));

    private void Check(SiteAddress site)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0 || url.PathAndQuery != "/")
        {
            throw new SettingException("Payments:Url", $"'{Url}' is no address of a provider. Leave it out, or give one as https://services.paytrail.com.");
        }

        foreach (var (merchant, number) in Merchants.Select((merchant, number) => (merchant, number)))
        {
            if (merchant.Seller.Length == 0 || Merchants.Count(other => other.Seller == merchant.Seller) > 1)
            {
                throw new SettingException($"Payments:Merchants:{number}:Seller", "For whom is the money? Give the key of a seller of invoicing.yaml, each once, as demo-hall-association.");
            }

            if (merchant.Account.Length == 0 || !merchant.Account.All(char.IsAsciiDigit))
            {
                throw new SettingException($"Payments:Merchants:{number}:Account", "Give the seller's account with the provider, as 375917.");
            }

            if (merchant.Secret.Length == 0 || Merchants.Any(other => other.Account == merchant.Account && other.Secret != merchant.Secret))
            {
                throw new SettingException($"Payments:Merchants:{number}:Secret", "Give the secret of the account, the same wherever the account is named.");
            }
        }

        // The provider's interface takes no other addresses to come back to.
        if (InUse && url.Scheme == Uri.UriSchemeHttps && !site.Root.StartsWith("https://", StringComparison.Ordinal))
        {
            throw new SettingException("PublicUrl", "The payment provider sends people back over https only. Give the address that people type, as https://kera.example.org.");
        }
    }
}

/// <summary>A seller's account with the provider.</summary>
public sealed class PaymentMerchant
{
    /// <summary>The agent that sells, as invoicing.yaml names it.</summary>
    public string Seller { get; set; } = "";

    /// <summary>Its account's number.</summary>
    public string Account { get; set; } = "";

    /// <summary>The account's secret, with which calls are signed.</summary>
    public string Secret { get; set; } = "";
}
