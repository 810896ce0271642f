using Kera.Base.District;
using Kera.Base.Outbox;
using Kera.Base.Ui;

namespace Kera.Features.Partners;

/// <summary>Reads what was typed at a partner's desk. What is wrong is told by field, and what was typed is kept as it is.</summary>
internal sealed class PartnerForm(IFormCollection form, PageContext page)
{
    private const int LongestProfile = 2_000;
    private const int LongestName = 120;
    private const int LongestService = 1_000;
    private const int LongestWebsite = 300;
    private const int LongestEmail = 320;

    private readonly Dictionary<string, string> _errors = [];

    /// <summary>What is wrong, by the field's name.</summary>
    public IReadOnlyDictionary<string, string> Errors => _errors;

    /// <summary>The profile's fields.</summary>
    /// <param name="changed">The stamp of the version that the form began with.</param>
    public PartnerProfile Profile(long changed) => new(Localized("text", LongestProfile, lines: true), Website(), Email(), changed);

    /// <summary>A service's fields.</summary>
    /// <param name="id">Its number; 0 for a new one.</param>
    /// <param name="changed">The stamp of the version that the form began with.</param>
    public PartnerService Service(int id, long changed)
    {
        var name = Localized("name", LongestName, lines: false);
        if (name is { Fi: "", Sv: "", En: "" })
        {
            _errors["name" + page.Language.Code] = page.Texts["partner.error.name"];
        }

        return new PartnerService(id, name, Localized("text", LongestService, lines: true), Website(), changed);
    }

    private LocalizedText Localized(string field, int most, bool lines) => new(Read(field + "fi", most, lines), Read(field + "sv", most, lines), Read(field + "en", most, lines));

    private string Read(string field, int most, bool lines)
    {
        var text = TypedText.Clean(form[field].ToString(), lines);
        if (text.Length > most)
        {
            _errors[field] = page.Texts.Format("partner.error.long", ("count", page.Formats.Number(text.Length)), ("most", page.Formats.Number(most)));
        }

        return text;
    }

    private string Website()
    {
        var text = Read("website", LongestWebsite, lines: false);
        if (text.Length == 0 || _errors.ContainsKey("website"))
        {
            return text;
        }

        // Who is named before an @ would make an address look like another site's.
        if (text.Contains(' ', StringComparison.Ordinal) || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0
            || !address.Host.Contains('.', StringComparison.Ordinal) || address.AbsoluteUri.Length > LongestWebsite)
        {
            _errors["website"] = page.Texts["partner.error.website"];
            return text;
        }

        return address.AbsoluteUri;
    }

    private string Email()
    {
        var text = Read("email", LongestEmail, lines: false);
        if (text.Length > 0 && !_errors.ContainsKey("email") && !Message.IsAddress(text))
        {
            _errors["email"] = page.Texts["account.error.email"];
        }

        return text;
    }
}
