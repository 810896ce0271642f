using Kera.Base.Jobs;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Kera.Base.Accounts;

/// <summary>Puts accounts and sessions into the program.</summary>
public static class AccountExtensions
{
    /// <summary>Where people sign in, after the language.</summary>
    public static string SignInPath => "/sign-in";

    /// <summary>Where a code for a new password is asked for, after the language.</summary>
    public static string ForgottenPath => "/sign-in/forgotten";

    /// <summary>Where a code is used, after the language.</summary>
    public static string JoinPath => "/join";

    /// <summary>A person's own page, after the language.</summary>
    public static string MyPath => "/my";

    /// <summary>The scheme that leads to the provider; there only where the settings name one.</summary>
    public static string ProviderScheme => OpenIdConnectSignIn.Scheme;

    /// <summary>What the command line shares with the server.</summary>
    public static IServiceCollection AddKeraAccounts(this IServiceCollection services)
    {
        services.AddScoped(provider => provider.GetRequiredService<KeraStore>().OpenContext());
        services.AddIdentityCore<AccountRow>(options =>
        {
            // One rule for passwords, in Accounts, where it can say what would be right.
            options.Password = new PasswordOptions { RequiredLength = 1, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 1 };
            options.Lockout = new LockoutOptions { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5) };
            options.User.AllowedUserNameCharacters = "";
            options.User.RequireUniqueEmail = false;
            options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        }).AddUserStore<UserOnlyStore<AccountRow, KeraDb, int, AccountClaimRow, AccountLoginRow, AccountTokenRow, AccountPasskeyRow>>();
        services.AddSingleton<SignInThrottle>();
        services.AddScoped<Accounts>();
        services.AddScoped<Invitations>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<PersonalData>();
        services.AddSingleton<DeskActing>();
        services.AddRetention(PersonalData.Retention);
        AddErasure(services);
        return services;
    }

    /// <summary>Registers the sign-in of browsers beside the tokens of programs, and the policies of operations.</summary>
    public static IServiceCollection AddKeraSessions(this IServiceCollection services, OpenIdConnectSettings provider)
    {
        services.AddSingleton(provider);
        services.AddSingleton<CodeMails>();
        services.AddSingleton<ForgottenLimit>();
        Passkeys.Register(services);
        if (provider.Used)
        {
            OpenIdConnectSignIn.Add(services, provider);
        }

        services.AddAuthentication().AddCookie(Sessions.Scheme, cookie =>
        {
            cookie.Cookie.Name = Sessions.CookieName;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromDays(30);
            cookie.SlidingExpiration = false;
            cookie.Events.OnRedirectToLogin = context =>
            {
                var page = PageContext.Of(context.HttpContext);
                // Only what was to be looked at can be gone on to: a form that was sent has to be sent again.
                var next = HttpMethods.IsGet(context.Request.Method) ? page.Url(page.Path) + page.Query : null;
                context.Response.Redirect(page.Url(SignInPath, [new("next", next)]));
                return Task.CompletedTask;
            };
            cookie.Events.OnRedirectToAccessDenied = context =>
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        });
        services.AddOptions<CookieAuthenticationOptions>(Sessions.Scheme).Configure<Sessions>((cookie, sessions) => cookie.SessionStore = sessions);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "kera-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.FormFieldName = "form-token";
            antiforgery.HeaderName = "X-Form-Token";
        });
        services.Configure<AuthorizationOptions>(options =>
        {
            options.AddPolicy(SignedInPolicy, policy => policy.AddAuthenticationSchemes(Sessions.Scheme).RequireClaim(Sessions.SessionClaim));
            foreach (var operation in Enum.GetValues<Operation>())
            {
                options.AddPolicy(operation.ToString(), policy => policy
                    .AddAuthenticationSchemes(Sessions.Scheme)
                    .RequireClaim(Sessions.SessionClaim)
                    .RequireAssertion(context => Permissions.May(SignedIn.RolesOf(context.User), operation)));
            }
        });
        return services;
    }

    /// <summary>Lets only people in who are signed in.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(SignedInPolicy);

    /// <summary>Lets only people in who are signed in and may do it.</summary>
    public static TBuilder RequireOperation<TBuilder>(this TBuilder builder, Operation operation)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(operation.ToString());

    /// <summary>Lets only people in who are signed in and may do it for the agent that the address names as <c>{agent}</c>.</summary>
    public static TBuilder RequireOperationForAgent<TBuilder>(this TBuilder builder, Operation operation)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(Sessions.Scheme)
            .RequireClaim(Sessions.SessionClaim)
            .RequireAssertion(context => Permissions.MayFor(SignedIn.RolesOf(context.User), operation, (context.Resource as HttpContext)?.GetRouteValue("agent") as string)));

    private static void AddErasure(IServiceCollection services)
    {
        Erase<AccountLoginRow>((rows, accounts, _) => rows.Where(row => accounts.Contains(row.UserId)));
        Erase<AccountPasskeyRow>((rows, accounts, _) => rows.Where(row => accounts.Contains(row.UserId)));
        Erase<AccountRoleRow>((rows, accounts, _) => rows.Where(row => accounts.Contains(row.AccountId)));
        Erase<SessionRow>((rows, accounts, person) => rows.Where(row => accounts.Contains(row.AccountId) || row.ActsForId == person));
        Erase<InvitationRow>((rows, accounts, _) => rows.Where(row => row.AccountId != null && accounts.Contains(row.AccountId.Value)));
        Erase<ConsentRow>((rows, _, person) => rows.Where(row => row.AgentId == person));
        Erase<PersonalReadRow>((rows, _, person) => rows.Where(row => row.AgentId == person));
        // Last, for the others are found by it.
        Erase<AccountRow>((rows, _, person) => rows.Where(row => row.AgentId == person));

        void Erase<TRow>(Func<IQueryable<TRow>, IQueryable<int>, int, IQueryable<TRow>> own)
            where TRow : class => services.AddSingleton(new ErasureRule(
                KeraDb.TableName(typeof(TRow)),
                (db, person, cancellation) => own(db.Set<TRow>(), db.Accounts.Where(account => account.AgentId == person.AgentId).Select(account => account.Id), person.AgentId).ExecuteDeleteAsync(cancellation)));
    }

    private const string SignedInPolicy = "signed-in";
}
