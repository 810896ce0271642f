using System.Net;
using System.Text.RegularExpressions;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Accounts;

/// <summary>Every form that there is, found by itself: without its token it does nothing, and a script in its fields stays text.</summary>
public sealed partial class EveryFormTests
{
    private const string Script = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

    // Where forms stand; what a form leads to is looked at too.
    private static readonly string[] Pages =
    [
        "/en/feedback", "/en/feedback/status", "/en/sign-in/forgotten", "/en/my", "/en/my/inbox", "/en/my/data", "/en/my/security", "/en/my/groups", "/en/desk/people", "/en/desk/invitations", "/en/desk/requests",
        "/en/partner-desk/nokia/profile", "/en/partner-desk/nokia/services/new", "/en/partner-desk/nokia/services/1", "/en/partner-desk/nokia/people", "/en/partner-desk/nokia/tokens", "/en/premises-desk/nokia/new",
    ];

    // Where what was written comes out.
    private static readonly string[] Shown = [.. Pages, "/en/partner-desk/nokia", "/en/partner-desk/nokia/services", "/en/partners/nokia", "/en/partners", "/en/today", "/en/week", "/en/my/letter", "/en/desk/audit", "/en/desk/requests?answered=true", "/en/search?q=alert", "/en/premises", "/en/premises-desk/nokia"];

    // Signing out would end the test, and the desk's acting takes its roles away.
    private static readonly string[] LeftOut = ["/en/sign-out", "/en/desk/acting"];

    [Fact]
    public async Task A_form_without_its_token_or_with_anothers_is_refused()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var victim = await kera.JoinAsync("Olga Lind", "operator", "city", "desk", "partner:nokia");
        var attacker = await kera.JoinAsync("Eve Hunt", "resident");
        var foreign = TestBrowser.TokenIn((await attacker.GetAsync("/en/my/data")).Text);
        var addresses = kera.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/{language:language}", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(endpoint => endpoint.RoutePattern.RawText!.Replace("{language:language}", "en", StringComparison.Ordinal).Replace("{agent}", "nokia", StringComparison.Ordinal).Replace("{id:int}", "1", StringComparison.Ordinal).Replace("{id}", "1", StringComparison.Ordinal))
            .ToList();
        Assert.True(addresses.Count > 30, string.Join(' ', addresses));

        foreach (var address in addresses)
        {
            Assert.Equal((address, HttpStatusCode.BadRequest), (address, (await victim.PostAsync(address, ("userName", "x"), ("person", "x"), ("reason", "x"))).Status));
            Assert.Equal((address, HttpStatusCode.BadRequest), (address, (await victim.PostAsync(address, ("form-token", foreign), ("userName", "x"), ("person", "x"), ("reason", "x"))).Status));
        }

        Assert.Equal(HttpStatusCode.OK, (await victim.GetAsync("/en/my")).Status);
        Assert.Contains("Kera did not take the form", (await victim.PostAsync("/en/my/data/contact", ("form-token", foreign))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_in_every_text_field_of_every_form_stays_text()
    {
        using var folder = new TemporaryDirectory();
        await using var kera = await AccountsHarness.StartAsync(new Dictionary<string, string?> { ["Kera:Mail:Directory"] = folder.Combine("mail"), ["Kera:Mail:From"] = "kera@example.org" });
        var olga = await kera.JoinAsync("Olga Lind", "operator", "city", "desk", "partner:nokia", "resident");
        await olga.SubmitAsync("/en/feedback", "/en/feedback", ("kind", "other"), ("text", "So that there is something to answer"), ("email", ""));
        var (fields, forms) = (0, 0);
        foreach (var page in Pages)
        {
            var (_, text, _) = await olga.GetAsync(page);
            Check(page, text);
            foreach (var form in Forms().Matches(text).Select(match => match.Value))
            {
                var address = WebUtility.HtmlDecode(Action().Match(form).Groups[1].Value);
                if (LeftOut.Contains(address))
                {
                    continue;
                }

                var filled = Fields().Matches(form).Select(FilledIn).OfType<(string Name, string Value)>().ToList();
                fields += filled.Count(field => field.Value == Script);
                forms++;
                Check($"{page} -> {address}", (await olga.PostAsync(address, [.. filled])).Text);
            }
        }

        Assert.True(forms >= 12 && fields >= 20, $"{fields} fields of {forms} forms");
        foreach (var page in Shown)
        {
            Check(page, (await olga.GetAsync(page)).Text);
        }
    }

    /// <summary>A field with a script in it, where one can type; as it is, where it is hidden; ticked, where it is a box.</summary>
    private static (string Name, string Value)? FilledIn(Match field)
    {
        var tag = field.Value;
        var (name, value) = (Attribute(tag, "name"), WebUtility.HtmlDecode(Attribute(tag, "value")));
        return name.Length == 0 ? null
            : Attribute(tag, "type") is "hidden" or "radio" or "checkbox" ? (name, value)
            : tag.StartsWith("<select", StringComparison.Ordinal) ? (name, "")
            : (name, Script);
    }

    private static string Attribute(string tag, string name) => Regex.Match(tag, $" {name}=\"([^\"]*)\"").Groups[1].Value;

    private static void Check(string page, string text) => Assert.False(Running().IsMatch(text), page);

    [GeneratedRegex("<form [^>]*method=\"post\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("action=\"([^\"]*)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<(?:input|textarea|select) [^>]*>")]
    private static partial Regex Fields();

    [GeneratedRegex("<script>alert|<img src=x", RegexOptions.IgnoreCase)]
    private static partial Regex Running();
}
