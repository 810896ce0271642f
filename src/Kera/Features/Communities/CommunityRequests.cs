using System.Globalization;
using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Requests;
using Kera.Base.Ui;
using Kera.Energy;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Communities;

/// <summary>What is asked for a metering point.</summary>
/// <param name="Kind">Whether to join, to change its share or to leave.</param>
/// <param name="Point">The point's key.</param>
/// <param name="Share">The share from then on; nothing for a leave.</param>
/// <param name="Day">The day from which; null for the earliest.</param>
public sealed record MembershipAsk(NoticeKind Kind, string Point, CommunityShare Share, LocalDate? Day);

/// <summary>Who asks: for the points whose owner they are, or act for.</summary>
/// <param name="Owners">The keys of the agents they are or act for.</param>
/// <param name="PersonId">The person; null where a program of an organization asks.</param>
/// <param name="Language">In which the answer is read.</param>
public sealed record Asker(IReadOnlyCollection<string> Owners, int? PersonId, Language Language)
{
    /// <summary>Whoever is signed in. Where the desk acts for a person, it is that person, and no more.</summary>
    public static Asker Of(SignedIn me, Language language) => new([me.PersonKey, .. me.Roles.Where(grant => grant.Role == Role.Partner).Select(grant => grant.Agent!)], me.AgentId, language);

    /// <summary>Whether they may tell of a point.</summary>
    public bool MayTell(DistrictPoint point) => point.Owner is { } owner && Owners.Contains(owner);
}

/// <summary>Something asked, with what became of it.</summary>
/// <param name="Request">Who has it, by when it is answered, what was answered.</param>
/// <param name="Community">The community's key.</param>
/// <param name="Ask">What.</param>
public sealed record HeldAsk(RequestView Request, string Community, MembershipAsk Ask);

/// <summary>
/// Joins, changes of share and leaves that people ask for. The community's keeper has each as a request and accepts or refuses it;
/// what is accepted becomes a stored notice in the same transaction, judged by the register.
/// </summary>
public sealed class CommunityRequests(RequestBook requests, CommunityNotices notices, DistrictInForce district, IClock clock)
{
    /// <summary>In how many days the keeper answers.</summary>
    public static int AnswerDays => 7;
    private const int LatestDays = 731;
    private const int LongestWords = 2_000;
    private const int MostOpen = 500;

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web);

    /// <summary>The kinds of request, as the store names them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Enum.GetValues<NoticeKind>().Select(RequestKindOf)];

    /// <summary>Where a keeper answers, after the language.</summary>
    public static string DeskPathOf(string agent) => $"/community-desk/{Uri.EscapeDataString(agent)}";

    /// <summary>The word of a kind, in forms, files and the API.</summary>
    public static string WordOf(NoticeKind kind) => kind switch { NoticeKind.Join => "join", NoticeKind.ChangeShare => "change", _ => "leave" };

    /// <summary>The kind of a word; null where it is none.</summary>
    public static NoticeKind? KindOf(string? word) => Enum.GetValues<NoticeKind>().Cast<NoticeKind?>().FirstOrDefault(kind => WordOf(kind!.Value) == word);

    /// <summary>The key of the text of a rule that a request breaks.</summary>
    public static string TextOf(MembershipRule rule) => "communities.rule." + rule;

    /// <summary>The communities that an agent manages.</summary>
    public IReadOnlyList<DistrictCommunity> KeptBy(string agent) => [.. (district.Model?.Communities?.Communities.Values ?? []).Where(community => community.Keeper == agent)];

    /// <summary>The points that somebody may tell of.</summary>
    public IReadOnlyList<DistrictPoint> PointsOf(Asker asker) => [.. (district.Model?.Communities?.Points.Values ?? []).Where(asker.MayTell)];

    /// <summary>Asks. What is told of others, as their shares, is in no answer: that is for the keeper to see.</summary>
    /// <param name="community">The community.</param>
    /// <param name="ask">What.</param>
    /// <param name="words">In the asker's own words; empty for none.</param>
    /// <param name="asker">Who.</param>
    /// <param name="actor">Who writes: at a desk, the one at the desk.</param>
    /// <param name="cancellation">Stops before anything is stored.</param>
    /// <exception cref="AccessException">
    /// The point is not theirs, or not there: the two look alike; or something is asked for it already; or it breaks a rule that
    /// concerns it alone.
    /// </exception>
    public async Task<IssuedRequest> AskAsync(DistrictCommunity community, MembershipAsk ask, string words, Asker asker, Actor actor, CancellationToken cancellation)
    {
        if (district.Model!.Communities!.Points.GetValueOrDefault(ask.Point) is not { } point || !asker.MayTell(point))
        {
            throw new AccessException("point", "There is no such metering point for which you may ask.", "communities.error.point");
        }

        if (ask.Kind != NoticeKind.Leave && ask.Share.PartsPerMillion == 0)
        {
            throw new AccessException("share", "A share is above 0 and at most 100 %, with four decimals at most.", "communities.error.share");
        }

        if (words.Length > LongestWords)
        {
            throw new AccessException("words", "Write at most 2,000 characters.", "communities.error.words");
        }

        var now = clock.GetCurrentInstant();
        var (today, earliest) = (now.InZone(district.Zone).Date, community.Rules.EarliestDay(now, district.Zone));
        if (ask.Day is { } day && (day < earliest || day > today.PlusDays(LatestDays)))
        {
            throw new AccessException("day", $"With {community.Rules.NoticeDays} days of notice it can take effect on {LocalDatePattern.Iso.Format(earliest)} at the earliest, and two years ahead at the latest.", "communities.error.day");
        }

        if ((await OpenAsync(cancellation)).Any(held => held.Ask.Point == ask.Point))
        {
            throw new AccessException("point", "Something is asked for this point already. It is answered first.", "communities.error.pending");
        }

        // Of the point alone, in all communities: what others have told is not to be guessed from a refusal.
        var own = (await notices.ReadAsync(cancellation)).Communities.ToDictionary(each => each.Key, each => each.Value with { Notices = [.. each.Value.Notices.Where(notice => notice.Point == ask.Point)] }, StringComparer.Ordinal);
        if (notices.Breaks(own, community.Key, new MembershipNotice(ask.Kind, ask.Point, ask.Share, now, ask.Day)) is { } rule)
        {
            throw new AccessException(rule is MembershipRule.Day or MembershipRule.Notice ? "day" : "kind", CommunityNotices.Sentences[rule], TextOf(rule));
        }

        var written = new WrittenAsk(community.Key, ask.Point, WordOf(ask.Kind), ask.Kind == NoticeKind.Leave ? null : ask.Share.Percent, ask.Day is { } wanted ? LocalDatePattern.Iso.Format(wanted) : null);
        var text = Sentence(community, ask, asker.Language) + (words.Trim().Length == 0 ? "" : "\n" + words.Trim());
        return await requests.AskAsync(
            new HeldRequest(RequestKindOf(ask.Kind), HolderOf(community.Keeper), AnswerDays, asker.PersonId, asker.Language.Code, text, JsonSerializer.Serialize(written, Written)),
            actor,
            cancellation);
    }

    /// <summary>What somebody asked, and what was asked for their points, the newest first.</summary>
    public async Task<IReadOnlyList<HeldAsk>> OfAskerAsync(Asker asker, CancellationToken cancellation)
    {
        var points = PointsOf(asker).Select(point => point.Key).ToHashSet(StringComparer.Ordinal);
        var own = asker.PersonId is { } person ? Asks(await requests.OfPersonAsync(person, cancellation)) : [];
        return [.. own.Concat((await OpenAsync(cancellation)).Where(held => points.Contains(held.Ask.Point))).DistinctBy(held => held.Request.Id).OrderByDescending(held => held.Request.Id)];
    }

    /// <summary>What a keeper has to answer, the most urgent first, or has answered, the newest first.</summary>
    public async Task<IReadOnlyList<HeldAsk>> OfKeeperAsync(string agent, bool answered, int limit, int skip, CancellationToken cancellation) =>
        Asks(await requests.OfOfficesAsync([HolderOf(agent)], answered, limit, skip, Kinds, cancellation));

    /// <summary>How many a keeper has to answer.</summary>
    public Task<int> CountOpenAsync(string agent, CancellationToken cancellation) => requests.CountOpenAsync([HolderOf(agent)], Kinds, cancellation);

    /// <summary>From which day something would hold if it were accepted now; null where the day that was asked for is over, for days that are over have been settled.</summary>
    public LocalDate? DayOf(HeldAsk held)
    {
        if (Find(held) is not { } community)
        {
            return null;
        }

        var tomorrow = clock.GetCurrentInstant().InZone(district.Zone).Date.PlusDays(1);
        return held.Ask.Day is { } wanted ? (wanted < tomorrow ? null : wanted) : LocalDate.Max(community.Rules.EarliestDay(held.Request.Created, district.Zone), tomorrow);
    }

    /// <summary>The notice that it becomes when it is accepted now; null where it cannot be.</summary>
    public MembershipNotice? NoticeOf(HeldAsk held) => DayOf(held) is { } day ? new MembershipNotice(held.Ask.Kind, held.Ask.Point, held.Ask.Share, held.Request.Created, day) : null;

    /// <summary>Accepts: the notice is stored and the asker told, both or neither.</summary>
    /// <exception cref="AccessException">It is not with the keeper, or answered; its day is over; or the register refuses it.</exception>
    public async Task AcceptAsync(int number, string agent, string note, Actor actor, CancellationToken cancellation)
    {
        var held = await HeldByAsync(number, agent, cancellation);
        var community = Find(held) ?? throw new AccessException("request", "The files have no such community or point any more.", "communities.error.gone");
        var notice = NoticeOf(held) ?? throw new AccessException("request", "The day that was asked for is over, and days that are over have been settled. Refuse it, so that another day can be asked for.", "communities.error.over");
        var language = Language.TryFind(held.Request.Language, out var found) ? found : Language.Finnish;
        var answer = Plain(Texts.For(language).Format("communities.answer.accepted", ("what", Sentence(community, held.Ask, language)), ("day", new Formats(language, district.Zone).Date(notice.Day!.Value))));
        await requests.AnswerAsync(
            number, [HolderOf(agent)], note.Trim().Length == 0 ? answer : $"{answer}\n{note.Trim()}", actor,
            (db, stop) => notices.AddAsync(db, community, notice, held.Request.AgentId, actor, stop), Kinds, cancellation);
    }

    /// <summary>Refuses, with a reason.</summary>
    /// <exception cref="AccessException">It is not with the keeper, or answered, or no reason is given.</exception>
    public async Task RefuseAsync(int number, string agent, string reason, Actor actor, CancellationToken cancellation)
    {
        var held = await HeldByAsync(number, agent, cancellation);
        if (reason.Trim().Length is 0 or > LongestWords)
        {
            throw new AccessException("reason", "Give the reason, in at most 2,000 characters: the asker reads it.", "communities.error.reason");
        }

        var language = Language.TryFind(held.Request.Language, out var found) ? found : Language.Finnish;
        var what = Find(held) is { } community ? Sentence(community, held.Ask, language) : held.Ask.Point;
        await requests.AnswerAsync(number, [HolderOf(agent)], Plain(Texts.For(language).Format("communities.answer.refused", ("what", what), ("reason", reason.Trim()))), actor, null, Kinds, cancellation);
    }

    /// <summary>What is asked, as a sentence without personal names.</summary>
    public string Sentence(DistrictCommunity community, MembershipAsk ask, Language language)
    {
        var (texts, formats) = (Texts.For(language), new Formats(language, district.Zone));
        var name = district.Model!.Communities!.Points.GetValueOrDefault(ask.Point)?.Name.In(language.Code) ?? ask.Point;
        return Plain(texts.Format(
            $"communities.asked.{WordOf(ask.Kind)}",
            ("community", community.Name.In(language.Code)), ("point", name), ("share", Percent(formats, ask.Share)),
            ("day", ask.Day is { } day ? formats.Date(day) : texts["communities.asked.earliest"])));
    }

    /// <summary>A share as pages say it.</summary>
    public static string Percent(Formats formats, CommunityShare share)
    {
        var percent = new Quantity((long)(share.Percent * Quantity.One));
        return formats.Amount(percent, "%", Formats.Decimals([percent]));
    }

    private async Task<HeldAsk> HeldByAsync(int number, string agent, CancellationToken cancellation) =>
        (await OfKeeperAsync(agent, answered: false, MostOpen, 0, cancellation)).FirstOrDefault(held => held.Request.Id == number)
        ?? throw new AccessException("request", "This request is not with you, or has been answered.", "ask.error.answered");

    private async Task<List<HeldAsk>> OpenAsync(CancellationToken cancellation)
    {
        var keepers = (district.Model?.Communities?.Communities.Values ?? []).Select(community => community.Keeper).Distinct(StringComparer.Ordinal).Select(HolderOf);
        return Asks(await requests.OfOfficesAsync(keepers, answered: false, MostOpen, 0, Kinds, cancellation));
    }

    private DistrictCommunity? Find(HeldAsk held) =>
        district.Model?.Communities is { } declared && declared.Points.ContainsKey(held.Ask.Point) ? declared.Communities.GetValueOrDefault(held.Community) : null;

    private static List<HeldAsk> Asks(IReadOnlyList<RequestView> views) => [.. views.Where(view => Kinds.Contains(view.Kind)).Select(view =>
    {
        var written = JsonSerializer.Deserialize<WrittenAsk>(view.Details, Written)!;
        return new HeldAsk(view, written.Community, new MembershipAsk(
            KindOf(written.Kind)!.Value, written.Point, CommunityShare.OfPercent(written.SharePercent ?? 0), written.Day is { } day ? LocalDatePattern.Iso.Parse(day).Value : null));
    })];

    private static RoleGrant HolderOf(string agent) => new(Role.Partner, agent);

    private static string RequestKindOf(NoticeKind kind) => kind switch { NoticeKind.Join => "communityJoin", NoticeKind.ChangeShare => "communityChange", _ => "communityLeave" };

    private static string Plain(string text) => Texts.WithoutSoftHyphens(text);

    // In the erasable store, with the request.
    private sealed record WrittenAsk(string Community, string Point, string Kind, decimal? SharePercent, string? Day);

    /// <summary>Reads a share in per cent, with a comma or a point.</summary>
    /// <exception cref="AccessException">It is none.</exception>
    public static CommunityShare ShareOf(string? text)
    {
        if (decimal.TryParse((text ?? "").Trim().TrimEnd('%').Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100 && decimal.IsInteger(percent * 10_000))
        {
            return CommunityShare.OfPercent(percent);
        }

        throw new AccessException("share", "A share is above 0 and at most 100 %, with four decimals at most.", "communities.error.share");
    }
}
