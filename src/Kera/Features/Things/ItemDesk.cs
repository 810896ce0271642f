using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Things.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Things;

/// <summary>The keeper with an item in the hand: it goes out, comes back, is photographed, looked after or written off.</summary>
internal static class ItemDesk
{
    private const string Path = "/items/{item}";

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet(Path, (PageContext page, HttpContext context, SignedIn me, string agent, string item, CancellationToken cancellation) => PageAsync(page, context, me, agent, item, Refused.Nothing, cancellation));
        desk.MapGet(Path + "/photos/{photo}", PhotoAsync);
        desk.MapPost(Path + "/out", OutAsync).WithMetadata(new RequestSizeLimitAttribute(LoanPhotos.LargestForm));
        desk.MapPost(Path + "/back", BackAsync).WithMetadata(new RequestSizeLimitAttribute(LoanPhotos.LargestForm));
        desk.MapPost(Path + "/photo", AddPhotoAsync).WithMetadata(new RequestSizeLimitAttribute(LoanPhotos.LargestForm));
        desk.MapPost(Path + "/lost", (PageContext page, HttpContext context, SignedIn me, LoanCounter counter, string agent, string item, [FromForm] string? loan, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, item, () => counter.LoseAsync(loan ?? "", agent, me.Actor, cancellation), cancellation));
        desk.MapPost(Path + "/deed", (PageContext page, HttpContext context, SignedIn me, ItemRegister items, string agent, string item, [FromForm] string? deed, [FromForm] string? until, CancellationToken cancellation) =>
            DoAsync(page, context, me, agent, item, () => items.DoAsync(item, Enum.TryParse<ItemDeed>(deed, out var known) && Enum.IsDefined(known) ? known : throw new AccessException("item", "Unknown.", "things.error.item"), ThingApi.Day(until), agent, me.Actor, cancellation), cancellation));
    }

    private static async Task<IResult> OutAsync(PageContext page, HttpContext context, SignedIn me, LoanCounter counter, LoanPhotos photos, string agent, string item, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var loan = form["loan"].ToString();
        return await DoAsync(page, context, me, agent, item, async () =>
        {
            var photo = await LoanPhotos.ReadAsync(form.Files.GetFile("photo"), cancellation);
            await counter.HandOutAsync(loan, item, ConditionOf(form["condition"]), form["deposit"] == "true", agent, me.Actor, cancellation);
            await AddAsync(photos, loan, photo, agent, me.Actor, cancellation);
        }, cancellation);
    }

    private static async Task<IResult> BackAsync(PageContext page, HttpContext context, SignedIn me, ThingShelf shelf, LoanCounter counter, LoanPhotos photos, string agent, string item, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var kind = shelf.Things?.Items.GetValueOrDefault(item) is { } known ? shelf.Things.Kinds.GetValueOrDefault(known.Kind) : null;
        var (loan, came) = (form["loan"].ToString(), form["came"].Select(Whole).ToHashSet());
        var back = new ThingReturn(
            ConditionOf(form["condition"]),
            [.. Enumerable.Range(0, kind?.Accessories.Count ?? 0).Where(number => !came.Contains(number))],
            [.. Enumerable.Range(0, kind?.Consumables.Count ?? 0).Select(number => form[$"used{number}"].ToString() is { Length: > 0 } text ? Whole(text) : 0)],
            form["words"].ToString());
        return await DoAsync(page, context, me, agent, item, async () =>
        {
            var photo = await LoanPhotos.ReadAsync(form.Files.GetFile("photo"), cancellation);
            await counter.TakeBackAsync(loan, back, agent, me.Actor, cancellation);
            await AddAsync(photos, loan, photo, agent, me.Actor, cancellation);
        }, cancellation, back.Words);
    }

    private static async Task<IResult> AddPhotoAsync(PageContext page, HttpContext context, SignedIn me, LoanPhotos photos, string agent, string item, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        return await DoAsync(page, context, me, agent, item, async () =>
        {
            var photo = await LoanPhotos.ReadAsync(form.Files.GetFile("photo"), cancellation) ?? throw new AccessException("photo", "Send a photograph as JPEG of at most 12 MB.", "things.error.photo");
            await AddAsync(photos, form["loan"].ToString(), photo, agent, me.Actor, cancellation);
        }, cancellation);
    }

    private static Task AddAsync(LoanPhotos photos, string loan, byte[]? photo, string agent, Actor actor, CancellationToken cancellation) =>
        photo is null ? Task.CompletedTask : photos.AddAsync(loan, photo, agent, actor, cancellation);

    private static async Task<IResult> PhotoAsync(PageContext page, SignedIn me, LoanCounter counter, LoanPhotos photos, PersonalData personal, Catalog catalog, string agent, string item, string photo, CancellationToken cancellation)
    {
        foreach (var loan in await counter.OfItemAsync(item, agent, cancellation))
        {
            if (await photos.FindAsync(loan, photo, cancellation) is { } jpeg)
            {
                await ThingDesk.RecordAsync(personal, catalog, me, agent, [loan], cancellation);
                return Results.Bytes(jpeg, "image/jpeg");
            }
        }

        return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
    }

    private static int Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static ThingCondition ConditionOf(string? text) => Enum.TryParse<ThingCondition>(text, out var condition) && Enum.IsDefined(condition) ? condition : ThingCondition.Good;

    private static async Task<IResult> DoAsync(PageContext page, HttpContext context, SignedIn me, string agent, string item, Func<Task> work, CancellationToken cancellation, string? words = null)
    {
        try
        {
            await work();
            return Results.LocalRedirect(page.Url(ThingDesk.PathOfItem(agent, item)));
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, agent, item, Refused.Of(page, mistake, ("words", words)), cancellation);
        }
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string agent, string item, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        if (await services.GetRequiredService<ItemRegister>().FindAsync(item, cancellation) is not { } view || view.Kind.Keeper != agent)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var counter = services.GetRequiredService<LoanCounter>();
        var loans = (await counter.OfKeeperAsync(agent, cancellation)).Where(loan => loan.Row.Item == item || (loan.Row.State == LoanState.Reserved && loan.Kind.Key == view.Kind.Key)).ToList();
        var pictured = await counter.OfItemAsync(item, agent, cancellation);
        return new RazorComponentResult<ItemDeskPage>(new
        {
            Page = page,
            View = view,
            Loans = loans,
            Pictured = pictured,
            Photos = await services.GetRequiredService<LoanPhotos>().ListAsync(pictured, cancellation),
            Names = await ThingDesk.NamesAsync(services, me, agent, [.. loans, .. pictured], cancellation),
            Refused = refused,
            services.GetRequiredService<ThingShelf>().Today,
        })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
        };
    }
}
