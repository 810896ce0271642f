using Kera.Base;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.Letters;
using Kera.Base.Requests;
using Kera.Base.Ui;
using Kera.Features.Requests.Pages;
using NodaTime;

namespace Kera.Features.Requests;

/// <summary>How often an address may ask: each request is told to a whole office.</summary>
public sealed class AskLimit() : AddressLimit(20, TimeSpan.FromHours(1));

/// <summary>
/// Feedback, open to all, and the desks that answer it. What concerns accessibility is answered within 14 days by law (act on
/// the provision of digital services 306/2019, section 8); everything else here is promised the same.
/// </summary>
public sealed class RequestsFeature : IFeature
{
    private const int DaysByLaw = 14;
    private static readonly Duration Recently = Duration.FromDays(30);

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new RequestKind(10, "accessibility", Role.Operator, DaysByLaw));
        services.AddSingleton(new RequestKind(20, "mistake", Role.City, DaysByLaw));
        services.AddSingleton(new RequestKind(30, "idea", Role.City, DaysByLaw));
        services.AddSingleton(new RequestKind(40, "other", Role.Desk, DaysByLaw));
        services.AddSingleton<AskLimit>();
        services.AddHostedService<DemonstrationRequests>();
        services.AddSingleton(new FooterEntry(5, "feedback.footer", RequestBook.FormPath, OfThisPage: true));
        services.AddSingleton(new MySection(200, MineAsync));
        services.AddSingleton(new MySection(850, DeskAsync));
        services.AddSingleton(new LetterPart(200, LetterAsync));
        services.AddSingleton(new Need(200, NeedAsync));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        FeedbackEndpoints.Map(pages);
        RequestDeskEndpoints.Map(pages);
    }

    private static async Task<MySectionContent?> MineAsync(HttpContext context, SignedIn me)
    {
        var now = context.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();
        var waiting = (await context.RequestServices.GetRequiredService<RequestBook>().OfPersonAsync(me.AgentId, context.RequestAborted))
            .Where(request => request.Answered is null || request.Answered > now - Recently).ToList();
        return waiting.Count == 0 ? null : new MySectionContent("requests", "feedback.mine", typeof(RequestList), new Dictionary<string, object> { ["Requests"] = waiting });
    }

    private static async Task<MySectionContent?> DeskAsync(HttpContext context, SignedIn me)
    {
        if (!me.May(Operation.AnswerRequests))
        {
            return null;
        }

        var open = await context.RequestServices.GetRequiredService<RequestBook>().CountOpenAsync(RequestDeskEndpoints.OfficesOf(me), cancellation: context.RequestAborted);
        return new MySectionContent("answering", "feedback.desk.title", typeof(DeskDoor), new Dictionary<string, object> { ["Open"] = open });
    }

    private static async Task<NeedLine?> NeedAsync(HttpContext context, SignedIn me)
    {
        if (!me.May(Operation.AnswerRequests))
        {
            return null;
        }

        var open = await context.RequestServices.GetRequiredService<RequestBook>().CountOpenAsync(RequestDeskEndpoints.OfficesOf(me), cancellation: context.RequestAborted);
        var page = PageContext.Of(context);
        return open == 0 ? null : new NeedLine(page.Texts.Count("feedback.desk.open", open, ("count", page.Formats.Number(open))), RequestBook.DeskPath);
    }

    /// <summary>What its reader still waits for.</summary>
    private static async Task<LetterContent?> LetterAsync(LetterContext letter, CancellationToken cancellation)
    {
        if (letter.AgentId is not { } person)
        {
            return null;
        }

        var (texts, formats) = (letter.Page.Texts, letter.Page.Formats);
        var open = (await letter.Services.GetRequiredService<RequestBook>().OfPersonAsync(person, cancellation)).Where(request => request.Answered is null);
        return new LetterContent(texts["feedback.mine"], [.. open.Select(request => new LetterLine(RequestWords.Waits(request, letter.Page, letter.Services.GetRequiredService<Catalog>(), letter.Now), AccountExtensions.MyPath))]);
    }
}
