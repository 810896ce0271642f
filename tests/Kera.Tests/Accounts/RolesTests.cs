using System.Net;
using Kera.Base.Accounts;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Accounts;

/// <summary>Every role at every door. The table here is written by hand, not read from the program's.</summary>
public sealed class RolesTests(PostgresServer server)
{
    private static readonly string[] Everyone = ["nobody", "resident", "employee", "partner:nokia", "city", "desk", "operator"];

    private static readonly (string Method, string Address, string[] Roles)[] Doors =
    [
        ("GET", "/en/my", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("GET", "/en/my/data", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("GET", "/en/my/data/export.json", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("GET", "/en/my/security", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("GET", "/en/desk/invitations", ["partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/desk/invitations", ["partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/desk/invitations/revoke", ["partner:nokia", "city", "desk", "operator"]),
        ("GET", "/en/desk/people", ["desk", "operator"]),
        ("POST", "/en/desk/people", ["desk", "operator"]),
        ("POST", "/en/desk/people/open", ["desk", "operator"]),
        ("POST", "/en/desk/people/password", ["desk", "operator"]),
        ("POST", "/en/desk/people/roles", ["operator"]),
        ("POST", "/en/desk/acting", ["desk"]),
        ("GET", "/en/desk/audit", ["operator"]),
        ("GET", "/en/my/inbox", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/my/inbox/open", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/my/inbox/seen", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/my/inbox/ways", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/my/data/contact", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("GET", "/en/my/letter", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/my/security/passkeys", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/my/security/passkeys/question", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/my/security/passkeys/remove", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("GET", "/en/desk/requests", ["city", "desk", "operator"]),
        ("POST", "/en/desk/requests/take", ["city", "desk", "operator"]),
        ("POST", "/en/desk/requests/pass", ["city", "desk", "operator"]),
        ("POST", "/en/desk/requests/answer", ["city", "desk", "operator"]),
        ("GET", "/en/partner-desk/nokia", ["partner:nokia"]),
        ("GET", "/en/partner-desk/nokia/profile", ["partner:nokia"]),
        ("POST", "/en/partner-desk/nokia/profile", ["partner:nokia"]),
        ("GET", "/en/partner-desk/nokia/services", ["partner:nokia"]),
        ("GET", "/en/partner-desk/nokia/services/new", ["partner:nokia"]),
        ("POST", "/en/partner-desk/nokia/services/new", ["partner:nokia"]),
        ("POST", "/en/partner-desk/nokia/services/1", ["partner:nokia"]),
        ("POST", "/en/partner-desk/nokia/services/1/remove", ["partner:nokia"]),
        ("GET", "/en/partner-desk/nokia/people", ["partner:nokia"]),
        ("POST", "/en/partner-desk/nokia/people", ["partner:nokia"]),
        ("POST", "/en/partner-desk/nokia/people/remove", ["partner:nokia"]),
        ("GET", "/en/partner-desk/nokia/tokens", ["partner:nokia"]),
        ("POST", "/en/partner-desk/nokia/tokens", ["partner:nokia"]),
        ("POST", "/en/partner-desk/nokia/tokens/revoke", ["partner:nokia"]),
        ("GET", "/en/energy-desk/demo-utility", []),
        ("POST", "/en/energy-desk/demo-utility/heat-pump/mode", []),
        ("POST", "/en/energy-desk/demo-utility/heat-pump/approve", []),
        ("GET", "/en/energy/what-if", ["city", "operator"]),
        ("GET", "/en/energy/what-if.csv?plus.grid=x", ["city", "operator"]),
        ("GET", "/en/my/home", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("GET", "/en/my/home.csv", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/my/home", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/my/home/report", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("GET", "/en/my/communities/sun-of-block-a", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("POST", "/en/my/communities/sun-of-block-a", ["resident", "employee", "partner:nokia", "city", "desk", "operator"]),
        ("GET", "/en/community-desk/demo-housing", []),
        ("POST", "/en/community-desk/demo-housing/accept", []),
        ("POST", "/en/community-desk/demo-housing/refuse", []),
        ("GET", "/en/keeper-desk/demo-housing", []),
        ("POST", "/en/keeper-desk/demo-housing/take", []),
        ("POST", "/en/keeper-desk/demo-housing/answer", []),
        ("POST", "/en/keeper-desk/demo-housing/record", []),
        ("GET", "/en/partner-desk/sok", []),
        ("GET", "/en/partner-desk/sok/profile", []),
        ("POST", "/en/partner-desk/sok/profile", []),
        ("GET", "/en/partner-desk/sok/services", []),
        ("GET", "/en/partner-desk/sok/services/new", []),
        ("POST", "/en/partner-desk/sok/services/new", []),
        ("POST", "/en/partner-desk/sok/services/1", []),
        ("POST", "/en/partner-desk/sok/services/1/remove", []),
        ("GET", "/en/partner-desk/sok/people", []),
        ("POST", "/en/partner-desk/sok/people", []),
        ("POST", "/en/partner-desk/sok/people/remove", []),
        ("GET", "/en/partner-desk/sok/tokens", []),
        ("POST", "/en/partner-desk/sok/tokens", []),
        ("POST", "/en/partner-desk/sok/tokens/revoke", []),
    ];

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Each_role_passes_only_the_doors_that_are_its(string provider)
    {
        await using var database = provider == "postgres" ? await server.CreateDatabaseAsync() : null;
        await using var kera = await AccountsHarness.StartAsync(new Dictionary<string, string?> { ["Kera:Postgres"] = database?.ConnectionString ?? "" });
        var wrong = new List<string>();
        foreach (var role in Everyone)
        {
            var browser = role == "nobody" ? new TestBrowser(kera.App) : await kera.JoinAsync($"Someone {role.Replace(':', ' ')}", role);
            foreach (var (method, address, roles) in Doors)
            {
                // Without a form's token: who may pass comes to the form and is asked for it (400), who may not never does.
                var (status, _, location) = method == "GET" ? await browser.GetAsync(address) : await browser.PostAsync(address, ("x", "y"));
                var passed = status is HttpStatusCode.OK or HttpStatusCode.BadRequest;
                var refused = role == "nobody" ? location == (method == "GET" ? $"/en/sign-in?next={Uri.EscapeDataString(address)}" : "/en/sign-in") : status == HttpStatusCode.Forbidden;
                if (roles.Contains(role) ? !passed : !refused)
                {
                    wrong.Add($"{role} at {method} {address}: {status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_page_that_writes_says_who_may()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var open = kera.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Any(method => method is not ("GET" or "HEAD" or "OPTIONS")) == true)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText)
            .Order();

        Assert.Equal(
            ["/{language:language}/feedback", "/{language:language}/join", "/{language:language}/sign-in", "/{language:language}/sign-in/demonstration", "/{language:language}/sign-in/forgotten", "/{language:language}/sign-in/passkey", "/{language:language}/sign-in/passkey/question", "/{language:language}/sign-out"],
            open);
    }

    [Fact]
    public void What_may_be_done_by_whom_is_denied_where_nothing_is_said()
    {
        foreach (var operation in Enum.GetValues<Operation>())
        {
            Assert.False(Permissions.May([], operation), operation.ToString());
            Assert.False(Permissions.May([new RoleGrant(Role.Resident), new RoleGrant(Role.Employee)], operation), operation.ToString());
        }
    }

    [Theory]
    [InlineData("partner:nokia", "partner:nokia", true)]
    [InlineData("partner:nokia", "partner:sok", false)]
    [InlineData("partner:nokia", "employee", true)]
    [InlineData("partner:nokia", "resident", false)]
    [InlineData("city", "partner:sok", true)]
    [InlineData("city", "city", false)]
    [InlineData("city", "operator", false)]
    [InlineData("desk", "resident", true)]
    [InlineData("desk", "desk", false)]
    [InlineData("resident", "resident", false)]
    [InlineData("operator", "operator", true)]
    public void Who_invites_whom(string inviter, string invited, bool may) =>
        Assert.Equal(may, Permissions.MayInvite([RoleGrant.Parse(inviter)], RoleGrant.Parse(invited)));

    [Fact]
    public async Task A_role_that_was_taken_is_gone_at_once()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var olga = await kera.JoinAsync("Olga Lind", "operator");
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        Assert.Equal(HttpStatusCode.OK, (await desk.GetAsync("/en/desk/people")).Status);
        var account = await kera.AccountOfAsync("Dina Desk");

        await olga.SubmitAsync("/en/desk/people", "/en/desk/people/roles", ("person", account.PersonKey), ("reason", "left the desk"), ("role", "resident"));

        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/en/desk/people")).Status);
        Assert.Contains("user.roles", (await olga.GetAsync("/en/desk/audit")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_operator_stays()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var olga = await kera.JoinAsync("Olga Lind", "operator");
        var account = await kera.AccountOfAsync("Olga Lind");

        var (status, text, _) = await olga.SubmitAsync("/en/desk/people", "/en/desk/people/roles", ("person", account.PersonKey), ("reason", "done"), ("role", "resident"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("This is the only operator", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await olga.GetAsync("/en/desk/audit")).Status);
    }

    [Theory]
    [InlineData("operator", HttpStatusCode.Forbidden)]
    [InlineData("city", HttpStatusCode.Forbidden)]
    [InlineData("desk", HttpStatusCode.Forbidden)]
    [InlineData("partner:nokia", HttpStatusCode.Forbidden)]
    [InlineData("resident", HttpStatusCode.OK)]
    public async Task The_desk_hands_out_a_password_only_where_it_could_have_invited(string role, HttpStatusCode expected)
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        await kera.JoinAsync("Olga Lind", role);
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        var account = await kera.AccountOfAsync("Olga Lind");

        Assert.Equal(expected, (await desk.SubmitAsync("/en/desk/people", "/en/desk/people/password", ("person", account.PersonKey), ("reason", "forgot"))).Status);
    }
}
