using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Letters;
using Kera.Base.Ui;
using Kera.Features.Notices.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kera.Features.Notices;

/// <summary>The week's letter as a page that fits on paper: everyone's, and one's own.</summary>
internal static class LetterEndpoints
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(WeekLetter.Path, (PageContext page, WeekLetter letters, DistrictInForce district, CancellationToken cancellation) =>
            LetterAsync(page, letters, district, null, cancellation));
        pages.MapGet(WeekLetter.MyPath, (PageContext page, HttpContext context, SignedIn me, WeekLetter letters, DistrictInForce district, CancellationToken cancellation) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return LetterAsync(page, letters, district, me.AgentId, cancellation);
        }).RequireSignIn();
    }

    private static async Task<IResult> LetterAsync(PageContext page, WeekLetter letters, DistrictInForce district, int? person, CancellationToken cancellation) =>
        new RazorComponentResult<LetterPage>(new
        {
            Page = page,
            Letter = await letters.ComposeAsync(page, person, cancellation),
            District = district.Model?.Header.Name.In(page.Language.Code) ?? district.Key,
            Own = person is not null,
        });
}
