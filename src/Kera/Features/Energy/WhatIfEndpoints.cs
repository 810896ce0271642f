using System.Text;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Ui;
using Kera.Features.Energy.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>What the district's plan would be with other sizes and prices, for the City's project team.</summary>
internal static class WhatIfEndpoints
{
    internal static string Path => EnergyFeature.Path + "/what-if";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("").RequireOperation(Operation.TryPlans).NotStored();
        own.MapGet(Path, PageAsync);
        own.MapGet(Path + ".csv", CsvAsync);
    }

    /// <summary>The door on the page of who may.</summary>
    internal static MySectionContent? Section(HttpContext context, SignedIn me) =>
        me.May(Operation.TryPlans) && context.RequestServices.GetRequiredService<EnergyPlanning>().Energy is not null
            ? new MySectionContent("energy-what-if", "energy.tried", typeof(WhatIfDoor), new Dictionary<string, object>())
            : null;

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, EnergyPlanning planning, DistrictInForce district, WhatIf whatIf, IClock clock, CancellationToken cancellation)
    {
        if (planning.Energy is not { } energy)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var levers = Lever.Of(energy);
        var question = Question(levers, page, context, district, clock);
        if (question.Faults.Count == 0 && question.Query.Count != context.Request.Query.Count)
        {
            return Results.LocalRedirect(page.Url(Path, question.Query));
        }

        var answer = question.Faults.Count == 0 && question.Numbers.Count > 0 ? await whatIf.AnswerAsync(question, context.Connection.RemoteIpAddress, cancellation) : null;
        var status = question.Faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusOf(answer?.Trouble);
        return new RazorComponentResult<WhatIfPage>(new { Page = page, Energy = energy, Levers = levers, Question = question, Answer = answer }) { StatusCode = status };
    }

    private static async Task<IResult> CsvAsync(PageContext page, HttpContext context, EnergyPlanning planning, DistrictInForce district, WhatIf whatIf, IClock clock, CancellationToken cancellation)
    {
        if (planning.Energy is not { } energy)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        if (Question(Lever.Of(energy), page, context, district, clock) is not { Faults.Count: 0, Numbers.Count: > 0 } question)
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        var answer = await whatIf.AnswerAsync(question, context.Connection.RemoteIpAddress, cancellation);
        return answer.Comparison is { Present.Plan: var present, Tried.Plan: var tried }
            ? Results.File(Encoding.UTF8.GetBytes(EnergyCsv.Write(EnergyView.Of(energy, page.Language.Code), present, tried)), "text/csv; charset=utf-8", $"energy-what-if-{present.At(0):uuuu-MM-dd'T'HH}.csv")
            : UiExtensions.Problem(page, answer.Trouble is WhatIfTrouble.TooOften or WhatIfTrouble.Busy ? StatusOf(answer.Trouble) : StatusCodes.Status404NotFound);
    }

    private static WhatIfQuestion Question(IReadOnlyList<Lever> levers, PageContext page, HttpContext context, DistrictInForce district, IClock clock) =>
        WhatIfQuestion.Read(levers, context.Request.Query, page.Language, clock.GetCurrentInstant().InZone(district.Zone).Date);

    private static int StatusOf(WhatIfTrouble? trouble) => trouble switch
    {
        WhatIfTrouble.TooOften => StatusCodes.Status429TooManyRequests,
        WhatIfTrouble.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status200OK,
    };
}
