using Kera.Base;
using Kera.Base.Accounts;
using Kera.Base.Letters;
using Kera.Base.Notices;
using Kera.Base.Ui;
using Kera.Features.Notices.Pages;

namespace Kera.Features.Notices;

/// <summary>The inbox, the choice of how one is told, and the week's letter on screen and paper.</summary>
public sealed class NoticesFeature : IFeature
{
    private const int ShownOnMyPage = 3;

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new FooterEntry(8, "week.footer", WeekLetter.Path));
        services.AddSingleton(new MySection(100, SectionAsync));
        services.AddSingleton(new LetterPart(100, NewsAsync));
        services.AddSingleton(new Need(100, NeedAsync));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        InboxEndpoints.Map(pages);
        LetterEndpoints.Map(pages);
    }

    private static async Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var board = context.RequestServices.GetRequiredService<NoticeBoard>();
        return new MySectionContent("inbox", "inbox.title", typeof(InboxSection), new Dictionary<string, object>
        {
            ["Newest"] = await board.ListAsync(me.AgentId, ShownOnMyPage, cancellation: context.RequestAborted),
            ["New"] = await board.CountNewAsync(me.AgentId, context.RequestAborted),
        });
    }

    private static async Task<NeedLine?> NeedAsync(HttpContext context, SignedIn me) =>
        await context.RequestServices.GetRequiredService<NoticeBoard>().CountNewAsync(me.AgentId, context.RequestAborted) is > 0 and var count && PageContext.Of(context) is var page
            ? new NeedLine(page.Texts.Count("inbox.new", count, ("count", page.Formats.Number(count))), NoticeBoard.InboxPath)
            : null;

    /// <summary>What its reader was told and has not seen.</summary>
    private static async Task<LetterContent?> NewsAsync(LetterContext letter, CancellationToken cancellation) =>
        letter.AgentId is { } person
            ? new LetterContent(letter.Page.Texts["inbox.letter"], [.. (await letter.Services.GetRequiredService<NoticeBoard>().ListAsync(person, 20, cancellation: cancellation)).Where(notice => notice.IsNew).Select(notice => new LetterLine(notice.Sentence(letter.Page), notice.Path))])
            : null;
}
