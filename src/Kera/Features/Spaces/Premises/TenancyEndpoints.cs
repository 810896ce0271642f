using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Ui;
using Kera.Features.Spaces.Premises.Pages;
using Kera.Flows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Spaces.Premises;

/// <summary>The page of an agreement: only its two sides find it.</summary>
internal static class TenancyEndpoints
{
    internal static string PathOf(string key) => "/agreements/" + Uri.EscapeDataString(key);

    public static void Map(IEndpointRouteBuilder pages)
    {
        var sides = pages.MapGroup("/agreements/{key}").RequireSignIn().NotStored();
        sides.MapGet("", (PageContext page, HttpContext context, SignedIn me, string key, CancellationToken cancellation) => PageAsync(page, context, me, key, Refused.Nothing, cancellation));
        sides.MapPost("/answer", AnswerAsync);
        sides.MapPost("/end", EndAsync);
        sides.MapPost("/done", DoneAsync);
    }

    // The owner alone, to whom the tenant owes it.
    private static async Task<IResult> DoneAsync(PageContext page, SignedIn me, TenancyBook book, TenancyLedger ledger, string key, [FromForm] string? kind, [FromForm] string? month, CancellationToken cancellation)
    {
        if (await book.FindAsync(key, me, cancellation) is not { } tenancy || !me.Roles.Contains(new RoleGrant(Role.Partner, tenancy.Owner)))
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        await ledger.ConfirmAsync(tenancy, kind ?? "", month ?? "", me.Actor, cancellation);
        // Where it was confirmed already, the page shows that.
        return Results.LocalRedirect(page.Url(PathOf(key)) + "#duties");
    }

    private static Task<IResult> AnswerAsync(PageContext page, HttpContext context, SignedIn me, TenancyBook book, string key, [FromForm] string? answer, CancellationToken cancellation)
    {
        var form = new PremisesForm(context.Request.Form, page);
        return ChangeAsync(page, context, me, key, form, () => book.AnswerAsync(key, answer == "accept", form.Text("declineReason"), form.Stamp(), me, cancellation), cancellation);
    }

    private static Task<IResult> EndAsync(PageContext page, HttpContext context, SignedIn me, TenancyBook book, string key, CancellationToken cancellation)
    {
        var form = new PremisesForm(context.Request.Form, page);
        var (day, reason) = (form.Day("endDay"), form.Text("endReason"));
        return ChangeAsync(page, context, me, key, form, () => book.EndAsync(key, day, reason, me, cancellation), cancellation);
    }

    private static async Task<IResult> ChangeAsync(PageContext page, HttpContext context, SignedIn me, string key, PremisesForm form, Func<Task<bool>> change, CancellationToken cancellation)
    {
        if (!form.IsWrong)
        {
            try
            {
                await change();
                // Where it could not be, the page as it is now tells why.
                return Results.LocalRedirect(page.Url(PathOf(key)));
            }
            catch (AccessException mistake)
            {
                form.Tell(mistake);
            }
        }

        return await PageAsync(page, context, me, key, form.Refused, cancellation);
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string key, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<TenancyBook>().FindAsync(key, me, cancellation) is not { } tenancy)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var (catalog, register, ledger) = (services.GetRequiredService<Catalog>(), services.GetRequiredService<PremisesRegister>(), services.GetRequiredService<TenancyLedger>());
        var owner = me.Roles.Contains(new RoleGrant(Role.Partner, tenancy.Owner));
        var ownerName = catalog.Find(catalog.Agents, tenancy.Owner)?.Row.Name(page.Language) ?? tenancy.Owner;
        var person = tenancy.AgentId is { } id && catalog.Get(catalog.Agents, id).Key == tenancy.Tenant;
        if (owner && person && tenancy.AgentId != me.AgentId)
        {
            // Before the look, not after.
            await services.GetRequiredService<PersonalData>().RecordDailyReadAsync([tenancy.AgentId!.Value], me.Actor, "letting", ownerName, cancellation);
        }

        var tenantName = person ? await services.GetRequiredService<ChoiceBook>().NameAsync(tenancy.AgentId, cancellation) : catalog.Find(catalog.Agents, tenancy.Tenant)?.Row is { Kind: "organization" } agent ? agent.Name(page.Language) : "";
        var promised = await ledger.PromisedAsync(tenancy, cancellation);
        return new RazorComponentResult<TenancyPage>(new
        {
            Page = page,
            Tenancy = tenancy,
            Premises = await register.FindAsync(tenancy.Premises, cancellation),
            OwnerName = ownerName,
            TenantName = tenantName,
            IsOwner = owner,
            Duties = TenancyDuties.Of(tenancy.Terms).Select(duty => new ShownDuty(duty, new Quantity(promised.GetValueOrDefault(TenancyLedger.KeyOf(tenancy, duty))?.Fulfilled ?? 0), ledger.SpecificationOf(duty.Kind) is not null, owner && ledger.IsToConfirm(tenancy, duty, promised))).ToList(),
            register.Today,
            Refused = refused,
        })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}

/// <summary>A duty as its page shows it.</summary>
/// <param name="Duty">What is owed.</param>
/// <param name="Fulfilled">How much of it events have fulfilled.</param>
/// <param name="InLedger">Whether it is counted in the ledger.</param>
/// <param name="ToConfirm">Whether the reader may say that it was done.</param>
public sealed record ShownDuty(Duty Duty, Quantity Fulfilled, bool InLedger, bool ToConfirm);
