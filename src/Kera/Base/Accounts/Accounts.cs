using System.Net;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Outbox;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Accounts;

/// <summary>An account as it is asked for.</summary>
/// <param name="Name">The person's name.</param>
/// <param name="UserName">What they sign in with: an e-mail address or a name of their own.</param>
/// <param name="Email">Where they get letters, or empty.</param>
/// <param name="Language">The language of letters.</param>
public sealed record NewAccount(string Name, string UserName, string Email, string Language);

/// <summary>An account with the person behind it.</summary>
public sealed record AccountDescription(int Id, int AgentId, string PersonKey, string Name, string UserName, string Email, string Language, IReadOnlyList<RoleGrant> Roles);

/// <summary>How an attempt to sign in ended.</summary>
public enum SignInOutcome
{
    /// <summary>Signed in.</summary>
    Fine,

    /// <summary>Name and password do not belong together; which of them is wrong is not said.</summary>
    Wrong,

    /// <summary>Too many attempts; the right password does not help for a while either.</summary>
    Wait,
}

/// <summary>
/// Accounts of persons, kept by ASP.NET Core Identity beside the ledger. A scoped service: it shares its context with
/// Identity's store.
/// </summary>
public sealed class Accounts(KeraDb db, UserManager<AccountRow> users, Catalog catalog, SignInThrottle throttle, IPasswordHasher<AccountRow> hasher, OutboxQueue outbox, IClock clock)
{
    /// <summary>The shortest password, in characters.</summary>
    public const int ShortestPassword = 10;

    // Checked where there is no such account, so that the time of an answer does not tell.
    private static string? s_nobodysHash;

    /// <summary>Makes a person and their account.</summary>
    /// <param name="account">Who.</param>
    /// <param name="password">Their password; null where they come by another provider or set it by invitation.</param>
    /// <param name="roles">What they may do.</param>
    /// <param name="actor">Who makes it; the invitation's maker where the person does it themself.</param>
    /// <param name="cancellation">Stops before anything is written.</param>
    /// <returns>The account's number.</returns>
    /// <exception cref="AccessException">A field is missing, too long, taken, or too weak.</exception>
    public async Task<int> AddAsync(NewAccount account, string? password, IReadOnlyCollection<RoleGrant> roles, Actor actor, CancellationToken cancellation = default)
    {
        PersonStore.Check(account.Name, account.Email, "");
        var userName = account.UserName.Trim();
        if (userName.Length is < 3 or > 100 || userName.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)))
        {
            throw new AccessException("userName", "A user name has 3 to 100 characters and no spaces. An e-mail address will do.", "account.error.userName");
        }

        CheckPassword(password, account);
        var agents = roles.Select(grant => (grant, Agent: AgentOf(grant))).ToList();
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null;
        if (await users.FindByNameAsync(userName) is not null)
        {
            throw new AccessException("userName", "This user name is taken. Choose another, or sign in if it is yours.", "account.error.taken");
        }

        var now = clock.GetCurrentInstant();
        var agent = PersonStore.Enter(db);
        await db.SaveChangesAsync(cancellation);
        PersonStore.Know(db, agent, account.Name, account.Email, "", now);
        var row = new AccountRow { UserName = userName, Email = account.Email.Trim() is { Length: > 0 } email ? email : null, AgentId = agent.Id, Language = account.Language, LockoutEnabled = true, Sought = SoughtOf(account.Name, userName, account.Email) };
        Demand(password is null ? await users.CreateAsync(row) : await users.CreateAsync(row, password));
        foreach (var (grant, agentId) in agents)
        {
            db.AccountRoles.Add(new AccountRoleRow { AccountId = row.Id, Role = RoleGrant.WordOf(grant.Role), AgentId = agentId, Granted = Micros(now), GrantedBy = actor.Key });
        }

        Audit.Add(db, actor, now, "user.add", $"{agent.Key}: {string.Join(' ', roles)}");
        await db.SaveChangesAsync(cancellation);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellation);
        }

        return row.Id;
    }

    /// <summary>The account that a provider's person has here, made when they come for the first time; then it has no role.</summary>
    /// <param name="issuer">The provider.</param>
    /// <param name="subject">The person's number there.</param>
    /// <param name="account">What the provider says of them; the user name is made here.</param>
    /// <param name="cancellation">Stops before anything is written.</param>
    /// <returns>The account's number.</returns>
    public async Task<int> EnterAsync(string issuer, string subject, NewAccount account, CancellationToken cancellation = default)
    {
        if (await users.FindByLoginAsync(issuer, subject) is { } known)
        {
            return known.Id;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var id = await AddAsync(account with { UserName = "by-provider-" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(16, lowercase: true) }, null, [], Access.Actor.Start(), cancellation);
        db.Set<AccountLoginRow>().Add(new AccountLoginRow { LoginProvider = issuer, ProviderKey = subject, UserId = id });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>Checks name and password, and counts what fails.</summary>
    /// <param name="userName">The user name or the e-mail address.</param>
    /// <param name="password">The password.</param>
    /// <param name="address">From where.</param>
    /// <returns>How it ended, and the account's number where it ended well.</returns>
    public async Task<(SignInOutcome Outcome, int AccountId)> CheckAsync(string userName, string password, IPAddress? address)
    {
        if (throttle.TooManyFrom(address))
        {
            return (SignInOutcome.Wait, 0);
        }

        var account = await FindAsync(userName.Trim());
        if (account?.PasswordHash is null)
        {
            s_nobodysHash ??= hasher.HashPassword(new AccountRow(), Guid.NewGuid().ToString());
            hasher.VerifyHashedPassword(new AccountRow(), s_nobodysHash, password);
            throttle.Count(address);
            return (SignInOutcome.Wrong, 0);
        }

        if (await users.IsLockedOutAsync(account))
        {
            throttle.Count(address);
            return (SignInOutcome.Wait, 0);
        }

        if (!await users.CheckPasswordAsync(account, password))
        {
            throttle.Count(address);
            await users.AccessFailedAsync(account);
            return (SignInOutcome.Wrong, 0);
        }

        await users.ResetAccessFailedCountAsync(account);
        return (SignInOutcome.Fine, account.Id);
    }

    /// <summary>Gives an account a new password, and ends all its sessions but one.</summary>
    /// <exception cref="AccessException">The password is too weak, or there is no such account.</exception>
    public async Task SetPasswordAsync(int accountId, string password, int? exceptSession, Actor actor, CancellationToken cancellation = default)
    {
        var account = await users.Users.SingleOrDefaultAsync(row => row.Id == accountId, cancellation) ?? throw Missing();
        CheckPassword(password, new NewAccount("", account.UserName!, account.Email ?? "", account.Language));
        account.PasswordHash = hasher.HashPassword(account, password);
        account.AccessFailedCount = 0;
        account.LockoutEnd = null;
        Demand(await users.UpdateSecurityStampAsync(account));
        await db.Sessions.Where(row => row.AccountId == accountId && (exceptSession == null || row.Id != exceptSession)).ExecuteDeleteAsync(cancellation);
        Audit.Add(db, actor, clock.GetCurrentInstant(), "user.password", catalog.Get(catalog.Agents, account.AgentId).Key);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>The account of a user name or an address, as it is typed at the sign-in; null where there is none.</summary>
    public async Task<AccountDescription?> FindTypedAsync(string userName, CancellationToken cancellation = default) =>
        await FindAsync(userName.Trim()) is { } row ? await GetAsync(row.Id, cancellation) : null;

    /// <summary>Gives an account's person another name or address. Codes that went to the former address end.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="name">The name.</param>
    /// <param name="email">The address, or empty.</param>
    /// <param name="actor">Who corrects it.</param>
    /// <param name="toFormer">What the former address is told where it is another; nothing where null.</param>
    /// <param name="cancellation">Stops before anything is written.</param>
    /// <exception cref="AccessException">A field is missing or wrong, or there is no such account.</exception>
    public async Task SetContactAsync(int accountId, string name, string email, Actor actor, Message? toFormer = null, CancellationToken cancellation = default)
    {
        PersonStore.Check(name, email, "");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var account = await users.Users.SingleOrDefaultAsync(row => row.Id == accountId, cancellation) ?? throw Missing();
        var given = email.Trim() is { Length: > 0 } trimmed ? trimmed : null;
        if (account.Email is not null && account.Email != given)
        {
            var now = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant());
            await db.Invitations.Where(row => row.AccountId == accountId && row.Used == null && row.Revoked == null).ExecuteUpdateAsync(rows => rows.SetProperty(row => row.Revoked, now), cancellation);
            if (toFormer is not null)
            {
                outbox.Add(db, toFormer);
            }
        }

        account.Email = given;
        account.Sought = SoughtOf(name, account.UserName!, email);
        Demand(await users.UpdateAsync(account));
        var person = await db.Persons.SingleAsync(row => row.AgentId == account.AgentId, cancellation);
        (person.Name, person.Email) = (name.Trim(), email.Trim());
        Audit.Add(db, actor, clock.GetCurrentInstant(), "user.contact", catalog.Get(catalog.Agents, account.AgentId).Key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Whether a password is the account's; for questions asked of who is signed in already.</summary>
    public async Task<bool> HasPasswordAsync(int accountId, string password) =>
        await users.Users.SingleOrDefaultAsync(row => row.Id == accountId) is { PasswordHash: not null } account && await users.CheckPasswordAsync(account, password);

    /// <summary>
    /// Whether what somebody typed shows that they mean it: their password, or their name where they come by another provider
    /// and have none here.
    /// </summary>
    public async Task<bool> ConfirmsAsync(int accountId, string typed, CancellationToken cancellation = default) =>
        await HasPasswordAsync(accountId, typed)
        || (await db.Set<AccountLoginRow>().AnyAsync(row => row.UserId == accountId, cancellation)
            && await db.Accounts.AnyAsync(row => row.Id == accountId && row.PasswordHash == null, cancellation)
            && string.Equals((await GetAsync(accountId, cancellation)).Name, typed.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The number of the account with a user name; null where there is none.</summary>
    public async Task<int?> FindIdAsync(string userName) => (await users.FindByNameAsync(userName))?.Id;

    /// <summary>The account with a number.</summary>
    /// <exception cref="AccessException">There is none.</exception>
    public async Task<AccountDescription> GetAsync(int accountId, CancellationToken cancellation = default) =>
        (await DescribeAsync(db.Accounts.Where(row => row.Id == accountId), cancellation)).SingleOrDefault() ?? throw Missing();

    /// <summary>The account of a person's key; null where the person has none.</summary>
    public async Task<AccountDescription?> OfPersonAsync(string personKey, CancellationToken cancellation = default) =>
        catalog.Find(catalog.Agents, personKey) is { } person
            ? (await DescribeAsync(db.Accounts.Where(row => row.AgentId == person.Noun.Id), cancellation)).SingleOrDefault()
            : null;

    /// <summary>Accounts whose person's name, user name or address contains a text, by name; at most so many.</summary>
    public async Task<IReadOnlyList<AccountDescription>> SearchAsync(string text, int limit, CancellationToken cancellation = default)
    {
        var sought = text.Trim().ToUpperInvariant();
        // It begins with the name.
        var ids = await db.Accounts.Where(account => account.Sought.Contains(sought)).OrderBy(account => account.Sought).Take(limit).Select(account => account.Id).ToListAsync(cancellation);
        return [.. (await DescribeAsync(db.Accounts.Where(row => ids.Contains(row.Id)), cancellation)).OrderBy(account => account.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>Gives an account exactly these roles.</summary>
    /// <exception cref="AccessException">An agent is unknown, or the last operator would go.</exception>
    public async Task SetRolesAsync(int accountId, IReadOnlyCollection<RoleGrant> roles, Actor actor, CancellationToken cancellation = default)
    {
        var wanted = roles.Distinct().Select(grant => (grant, Agent: AgentOf(grant))).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var operators = RoleGrant.WordOf(Role.Operator);
        if (!roles.Any(grant => grant.Role == Role.Operator)
            && await db.AccountRoles.AnyAsync(row => row.AccountId == accountId && row.Role == operators, cancellation)
            && !await db.AccountRoles.AnyAsync(row => row.AccountId != accountId && row.Role == operators, cancellation))
        {
            throw new AccessException("role", "This is the only operator. Make another first.", "account.error.lastOperator");
        }

        var account = await GetAsync(accountId, cancellation);
        await db.AccountRoles.Where(row => row.AccountId == accountId).ExecuteDeleteAsync(cancellation);
        var now = clock.GetCurrentInstant();
        db.AccountRoles.AddRange(wanted.Select(each => new AccountRoleRow { AccountId = accountId, Role = RoleGrant.WordOf(each.grant.Role), AgentId = each.Agent, Granted = Micros(now), GrantedBy = actor.Key }));
        Audit.Add(db, actor, now, "user.roles", $"{account.PersonKey}: {string.Join(' ', account.Roles)} -> {string.Join(' ', roles)}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Who has a role, by name.</summary>
    public async Task<IReadOnlyList<AccountDescription>> WithRoleAsync(RoleGrant grant, CancellationToken cancellation = default)
    {
        var holders = Holders(grant).Select(row => row.AccountId);
        return [.. (await DescribeAsync(db.Accounts.Where(row => holders.Contains(row.Id)), cancellation)).OrderBy(account => account.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>
    /// Takes one partner's role from an account, which counts at once. The codes to that role that its owner handed out and
    /// nobody has used end with it, or they could come in again by one of them.
    /// </summary>
    /// <exception cref="AccessException">Nobody else would act for the agent.</exception>
    public async Task TakePartnerAsync(AccountDescription account, RoleGrant grant, Actor actor, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await Holders(grant).AnyAsync(row => row.AccountId != account.Id, cancellation))
        {
            throw new AccessException("role", "Nobody else acts for this agent. Bring in another first.", "account.error.lastPartner");
        }

        if (await Holders(grant).Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(cancellation) > 0)
        {
            var now = clock.GetCurrentInstant();
            var micros = Micros(now);
            var word = $" {grant} ";
            await db.Invitations
                .Where(row => row.CreatedBy == account.PersonKey && row.Used == null && row.Revoked == null && (" " + row.Roles + " ").Contains(word))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revoked, micros), cancellation);
            Audit.Add(db, actor, now, "user.roles", $"{account.PersonKey}: {string.Join(' ', account.Roles)} -> {string.Join(' ', account.Roles.Where(role => role != grant))}");
            await db.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private IQueryable<AccountRoleRow> Holders(RoleGrant grant)
    {
        var (word, agent) = (RoleGrant.WordOf(grant.Role), AgentOf(grant));
        return db.AccountRoles.Where(row => row.Role == word && row.AgentId == agent);
    }

    private async Task<AccountRow?> FindAsync(string userName) =>
        await users.FindByNameAsync(userName) is { } named ? named
        // An address that several accounts share names none of them.
        : userName.Contains('@', StringComparison.Ordinal) && users.NormalizeEmail(userName) is { } email && await users.Users.Where(row => row.NormalizedEmail == email).Take(2).ToListAsync() is [var only] ? only
        : null;

    private async Task<IReadOnlyList<AccountDescription>> DescribeAsync(IQueryable<AccountRow> accounts, CancellationToken cancellation)
    {
        var rows = await accounts.AsNoTracking()
            .GroupJoin(db.Persons, account => account.AgentId, person => person.AgentId, (account, persons) => new { account, persons })
            .SelectMany(pair => pair.persons.DefaultIfEmpty(), (pair, person) => new { pair.account, person })
            .ToListAsync(cancellation);
        var ids = rows.Select(row => row.account.Id).ToList();
        var roles = (await db.AccountRoles.AsNoTracking().Where(row => ids.Contains(row.AccountId)).ToListAsync(cancellation)).ToLookup(row => row.AccountId);
        return [.. rows.Select(row => new AccountDescription(
            row.account.Id,
            row.account.AgentId,
            catalog.Get(catalog.Agents, row.account.AgentId).Key,
            row.person?.Name ?? "",
            row.account.UserName!,
            row.person?.Email ?? "",
            row.account.Language,
            [.. roles[row.account.Id].Select(role => new RoleGrant(Enum.Parse<Role>(role.Role, ignoreCase: true), role.AgentId is { } agent ? catalog.Get(catalog.Agents, agent).Key : null))]))];
    }

    /// <summary>The number of the agent that a role is for; null where it is for none.</summary>
    /// <exception cref="AccessException">There is no such agent.</exception>
    internal int? AgentOf(RoleGrant grant) =>
        grant.Agent is null ? null
        : catalog.Find(catalog.Agents, grant.Agent) is { Row: { Retired: false, Kind: not "person" }, Noun.Id: var id } ? id
        : throw new AccessException("role", $"There is no agent '{grant.Agent}' to act for. Name one of the district's files.", "account.error.agent");

    private static string SoughtOf(string name, string userName, string email) => $"{name.Trim()}\n{userName}\n{email.Trim()}".ToUpperInvariant();

    private static void CheckPassword(string? password, NewAccount account)
    {
        if (password is null)
        {
            return;
        }

        if (password.Length is < ShortestPassword or > 200)
        {
            throw new AccessException("password", $"A password has {ShortestPassword} to 200 characters. A few words in a row are good.", "account.error.short");
        }

        // What a guesser tries first: the place, the person, one letter over and over.
        string[] near = ["kera", "espoo", "password", "salasana", "lösenord", "qwerty", "123456", .. account.Name.Split(' '), account.UserName.Split('@')[0]];
        var rest = near.Where(word => word.Length > 2).OrderByDescending(word => word.Length).Aggregate(password, (left, word) => left.Replace(word, "", StringComparison.CurrentCultureIgnoreCase));
        if (rest.Distinct().Count() < 5)
        {
            throw new AccessException("password", "This password is easily guessed. Take a few words that do not belong together.", "account.error.guessed");
        }
    }

    private static void Demand(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new AccessException(result.Errors.First().Code.Contains("Password", StringComparison.Ordinal) ? "password" : "userName", string.Join(' ', result.Errors.Select(error => error.Description)));
        }
    }

    private static AccessException Missing() => new("account", "There is no such account.", "account.error.missing");

    private static long Micros(Instant instant) => DistrictCalendar.ToMicroseconds(instant);
}
