using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ui;
using Kera.Features.Spaces.Premises.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Spaces.Premises;

/// <summary>An application at the landowner's desk.</summary>
/// <param name="Application">What was sent.</param>
/// <param name="Applicant">Who applies: the organisation's name, or the person's.</param>
public sealed record JudgedApplication(PremisesApplication Application, string Applicant);

/// <summary>A landowner's calls: made, taken back, and once they have closed, judged and decided.</summary>
internal static class CallDesk
{
    internal static string PathOf(string agent, string call) => $"{PremisesDesk.PathOf(agent)}/calls/{Uri.EscapeDataString(call)}";

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/premises/{key}/call", async (PageContext page, HttpContext context, PremisesRegister register, string agent, string key, CancellationToken cancellation) =>
            await PremisesDesk.OwnAsync(register, agent, key, cancellation) is { } own ? NewPage(page, context, own, null) : UiExtensions.Problem(page, StatusCodes.Status404NotFound));
        desk.MapPost("/premises/{key}/call", AddAsync);
        desk.MapGet("/calls/{key}", (PageContext page, HttpContext context, SignedIn me, string agent, string key, CancellationToken cancellation) => PageAsync(page, context, me, agent, key, null, Refused.Nothing, cancellation));
        desk.MapPost("/calls/{key}/cancel", CancelAsync);
        desk.MapPost("/calls/{key}/judge", JudgeAsync);
        desk.MapPost("/calls/{key}/decide", DecideAsync);
        desk.MapPost("/calls/{key}/agreement", AgreementAsync);
    }

    /// <summary>What waits at the desks of who is signed in: a call that has closed and is not decided.</summary>
    internal static async Task<NeedLine?> NeedAsync(HttpContext context, SignedIn me)
    {
        var (calls, register) = (context.RequestServices.GetRequiredService<CallBook>(), context.RequestServices.GetRequiredService<PremisesRegister>());
        foreach (var grant in me.Roles.Where(grant => grant.Role == Role.Partner))
        {
            if ((await calls.ListAsync(grant.Agent, context.RequestAborted)).FirstOrDefault(call => call.StateAt(register.Now) == CallState.Closed) is { } closed)
            {
                return new NeedLine(PageContext.Of(context).Texts["premises.need.choose"], PathOf(closed.Owner, closed.Key));
            }
        }

        return null;
    }

    private static IResult NewPage(PageContext page, HttpContext context, EmptyPremises premises, Refused? refused) => new RazorComponentResult<CallEditPage>(new
    {
        Page = page,
        Premises = premises,
        Name = PremisesDesk.NameOf(page, context, premises.Owner),
        Fields = refused ?? PremisesFields.OfNewCall(premises, context.RequestServices.GetRequiredService<PremisesRegister>().Today),
    })
    {
        StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
    };

    private static async Task<IResult> AddAsync(PageContext page, HttpContext context, SignedIn me, PremisesRegister register, CallBook book, string agent, string key, CancellationToken cancellation)
    {
        if (await PremisesDesk.OwnAsync(register, agent, key, cancellation) is not { Withdrawn: false } premises)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var form = new PremisesForm(context.Request.Form, page);
        var typed = form.Call(premises, register.Zone);
        if (!form.IsWrong)
        {
            try
            {
                return Results.LocalRedirect(page.Url(PathOf(agent, await book.AddAsync(typed, premises, me.Actor, cancellation))));
            }
            catch (AccessException mistake)
            {
                form.Tell(mistake);
            }
        }

        return NewPage(page, context, premises, form.Refused);
    }

    private static async Task<IResult> CancelAsync(PageContext page, HttpContext context, SignedIn me, CallBook book, string agent, string key, CancellationToken cancellation) =>
        await book.CancelAsync(key, agent, me.Actor, cancellation) ? Results.LocalRedirect(page.Url(PathOf(agent, key))) : await PageAsync(page, context, me, agent, key, null, Refused.Nothing, cancellation);

    private static async Task<IResult> JudgeAsync(
        PageContext page, HttpContext context, SignedIn me, CallBook calls, ChoiceBook book, string agent, string key, [FromForm] string? application, CancellationToken cancellation)
    {
        if (await calls.FindAsync(key, cancellation) is not { } call || call.Owner != agent)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var form = new PremisesForm(context.Request.Form, page);
        var judgement = form.Judgement(call);
        if (!form.IsWrong)
        {
            try
            {
                return await book.JudgeAsync(call, application ?? "", judgement, me.Actor, cancellation)
                    ? Results.LocalRedirect(page.Url(PathOf(agent, key)))
                    : await PageAsync(page, context, me, agent, key, null, Refused.Nothing, cancellation);
            }
            catch (AccessException mistake)
            {
                form.Tell(mistake);
            }
        }

        return await PageAsync(page, context, me, agent, key, application, form.Refused, cancellation);
    }

    private static async Task<IResult> DecideAsync(PageContext page, HttpContext context, SignedIn me, CallBook calls, ChoiceBook book, string agent, string key, CancellationToken cancellation)
    {
        if (await calls.FindAsync(key, cancellation) is not { } call || call.Owner != agent)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        try
        {
            await book.DecideAsync(call, me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(PathOf(agent, key)));
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, agent, key, null, Refused.Of(page, mistake), cancellation);
        }
    }

    private static async Task<IResult> AgreementAsync(
        PageContext page, SignedIn me, CallBook calls, TenancyBook book, string agent, string key, [FromForm] string? application, CancellationToken cancellation) =>
        await calls.FindAsync(key, cancellation) is { } call && call.Owner == agent && await book.BeginAsync(call, application ?? "", me.Actor, cancellation) is { } tenancy
            ? Results.LocalRedirect(page.Url(TenancyDesk.PathOf(agent, tenancy)))
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string agent, string key, string? wrong, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (register, book) = (services.GetRequiredService<PremisesRegister>(), services.GetRequiredService<ChoiceBook>());
        if (await services.GetRequiredService<CallBook>().FindAsync(key, cancellation) is not { } call || call.Owner != agent)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var name = PremisesDesk.NameOf(page, context, agent);
        List<JudgedApplication> sent = [];
        foreach (var application in await book.SentAsync(call, me.AgentId, me.Actor, name, cancellation))
        {
            sent.Add(new JudgedApplication(application, application.Organisation.Length > 0 ? PremisesDesk.NameOf(page, context, application.Organisation) : await book.NameAsync(application.AgentId, cancellation)));
        }

        return new RazorComponentResult<CallDeskPage>(new
        {
            Page = page,
            Agent = agent,
            Name = name,
            Call = call,
            State = call.StateAt(register.Now),
            Premises = await register.FindAsync(call.Premises, cancellation),
            Count = await book.CountAsync(call, cancellation),
            Sent = sent,
            Wrong = wrong,
            Refused = refused,
        })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}
