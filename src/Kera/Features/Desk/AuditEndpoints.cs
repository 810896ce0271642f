using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Desk.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Desk;

/// <summary>A line of the record.</summary>
public sealed record AuditLine(long Id, Instant At, string Actor, string Via, string Operation, string Subject, long? FirstPosition, long? LastPosition);

/// <summary>Who did what, the newest first.</summary>
internal static class AuditEndpoints
{
    private const int LinesOnAPage = 100;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet(DeskFeature.AuditPath, PageAsync).RequireOperation(Operation.ReadAudit);

    private static async Task<IResult> PageAsync(PageContext page, KeraDb db, string? actor, string? operation, long? before, CancellationToken cancellation)
    {
        var lines = db.Audits.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(actor))
        {
            lines = lines.Where(row => row.Actor == actor.Trim());
        }

        if (!string.IsNullOrWhiteSpace(operation))
        {
            lines = lines.Where(row => row.Operation == operation.Trim());
        }

        if (before is not null)
        {
            lines = lines.Where(row => row.Id < before);
        }

        var rows = await lines.OrderByDescending(row => row.Id).Take(LinesOnAPage + 1).ToListAsync(cancellation);
        return new RazorComponentResult<AuditPage>(new
        {
            Page = page,
            Actor = actor,
            Operation = operation,
            Lines = (IReadOnlyList<AuditLine>)[.. rows.Take(LinesOnAPage).Select(row => new AuditLine(row.Id, DistrictCalendar.ToInstant(row.At), row.Actor, row.Via, row.Operation, row.Subject, row.FirstPosition, row.LastPosition))],
            Older = rows.Count > LinesOnAPage ? rows[LinesOnAPage - 1].Id : (long?)null,
        });
    }
}
