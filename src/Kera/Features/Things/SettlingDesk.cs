using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Things;

/// <summary>Money at the keeper's desk, once a thing is back.</summary>
internal static class SettlingDesk
{
    public static void Map(IEndpointRouteBuilder desk)
    {
        desk.MapPost("/deposit", (PageContext page, HttpContext context, SignedIn me, LoanSettling settling, string agent, [FromForm] string? loan, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, settling.GiveDepositBackAsync(loan ?? "", agent, me.Actor, cancellation), cancellation));
        desk.MapPost("/keep", (PageContext page, HttpContext context, SignedIn me, LoanSettling settling, string agent, [FromForm] string? loan, [FromForm] string? amount, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, settling.KeepDepositAsync(loan ?? "", Euros(amount), agent, me.Actor, cancellation), cancellation));
        desk.MapPost("/forgive", (PageContext page, HttpContext context, SignedIn me, LoanSettling settling, string agent, [FromForm] string? loan, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, settling.ForgiveAsync(loan ?? "", agent, me.Actor, cancellation), cancellation));
    }

    /// <summary>Euros as people type them; null for what is no amount.</summary>
    internal static decimal? Euros(string? text) =>
        decimal.TryParse((text ?? "").Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var euros) ? euros : null;

    private static async Task<IResult> DoAsync(PageContext page, HttpContext context, SignedIn me, string agent, Task work, CancellationToken cancellation)
    {
        try
        {
            await work;
            return Results.LocalRedirect(page.Url(ThingDesk.PathOf(agent)));
        }
        catch (AccessException mistake)
        {
            return await ThingDesk.PageAsync(page, context, me, agent, Refused.Of(page, mistake), null, null, cancellation);
        }
    }
}
