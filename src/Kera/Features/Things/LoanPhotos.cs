using Kera.Base.Access;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>A photograph of a lent thing, without its bytes.</summary>
/// <param name="Key">By which its address knows it.</param>
/// <param name="LoanId">The loan.</param>
/// <param name="Taken">When.</param>
public sealed record LoanPhoto(string Key, int LoanId, Instant Taken);

/// <summary>
/// Photographs of the condition in which things go out and come back: for who borrowed and who keeps the thing, until some time after
/// all is settled. They are never in the ledger.
/// </summary>
public sealed class LoanPhotos(KeraStore store, ThingShelf shelf, LoanCounter counter)
{
    private const int MostOfLoan = 6;
    private const int LargestFile = 12 * 1024 * 1024;
    private static readonly Duration s_after = Duration.FromDays(1);

    /// <summary>How large a form with a photograph may be, with its other fields.</summary>
    public static long LargestForm => LargestFile + (64 * 1024);

    /// <summary>When a loan is over and no deposit is open, its photographs are kept for a month.</summary>
    public static RetentionRule Retention { get; } = new("loan.photos", Days: 30, static (db, before, cancellation) =>
    {
        var end = DistrictCalendar.ToMicroseconds(before);
        return db.LoanPhotos.Where(photo => db.Loans.Any(row => row.Id == photo.LoanId && !row.DepositHeld && row.Changed < end && (row.State == LoanState.Returned || row.State == LoanState.Lost))).ExecuteDeleteAsync(cancellation);
    });

    /// <summary>They go with the borrower; this comes before their loans are nobody's.</summary>
    public static ErasureRule Erasure { get; } = new("loan_photo", static (db, person, cancellation) =>
        db.LoanPhotos.Where(photo => db.Loans.Any(row => row.Id == photo.LoanId && row.AgentId == person.AgentId)).ExecuteDeleteAsync(cancellation));

    /// <summary>Reads a photograph that was sent: the picture alone, without what a camera writes beside it.</summary>
    /// <returns>Null where none was sent.</returns>
    /// <exception cref="AccessException">It is no photograph, or too large.</exception>
    public static async Task<byte[]?> ReadAsync(IFormFile? file, CancellationToken cancellation)
    {
        if (file is null or { Length: 0 })
        {
            return null;
        }

        if (file.Length > LargestFile)
        {
            throw NoPhoto();
        }

        var bytes = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, cancellation);
        return JpegPicture.Of(bytes) ?? throw NoPhoto();

        static AccessException NoPhoto() => new("photo", "Send a photograph as JPEG of at most 12 MB.", "things.error.photo");
    }

    /// <summary>Adds a photograph to a loan that is out, or came back within a day.</summary>
    /// <exception cref="AccessException">There is no such loan of the keeper's, or it has as many as it may.</exception>
    public async Task AddAsync(string loan, byte[] jpeg, string keeper, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (row, _) = await counter.LockedAsync(db, loan, keeper, cancellation);
        var since = DistrictCalendar.ToMicroseconds(shelf.Now - s_after);
        if (row.State != LoanState.Out && (row.State != LoanState.Returned || row.BackAt < since))
        {
            throw new AccessException("loan", "This thing is not lent.", "things.error.notout");
        }

        // Sent twice it is one.
        if (await db.LoanPhotos.AnyAsync(photo => photo.LoanId == row.Id && photo.Jpeg == jpeg, cancellation))
        {
            return;
        }

        if (await db.LoanPhotos.CountAsync(photo => photo.LoanId == row.Id, cancellation) >= MostOfLoan)
        {
            throw new AccessException("photo", "A loan has at most 6 photographs.", "things.error.photos");
        }

        db.LoanPhotos.Add(new LoanPhotoRow { Key = RandomKey.New(), LoanId = row.Id, Taken = shelf.NowMicroseconds, Jpeg = jpeg });
        Audit.Add(db, actor, shelf.Now, "loan.photo", row.Key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The photographs of some loans, the earliest first.</summary>
    public async Task<IReadOnlyList<LoanPhoto>> ListAsync(IReadOnlyList<LoanView> loans, CancellationToken cancellation)
    {
        List<int> ids = [.. loans.Select(loan => loan.Row.Id)];
        await using var db = store.OpenContext();
        var rows = await db.LoanPhotos.AsNoTracking().Where(row => ids.Contains(row.LoanId)).OrderBy(row => row.Id).Select(row => new { row.Key, row.LoanId, row.Taken }).ToListAsync(cancellation);
        return [.. rows.Select(row => new LoanPhoto(row.Key, row.LoanId, DistrictCalendar.ToInstant(row.Taken)))];
    }

    /// <summary>One photograph of a loan; null where there is none. Whoever asks has the right to see that loan.</summary>
    public async Task<byte[]?> FindAsync(LoanView loan, string photo, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.LoanPhotos.AsNoTracking().Where(row => row.LoanId == loan.Row.Id && row.Key == photo).Select(row => row.Jpeg).SingleOrDefaultAsync(cancellation);
    }
}
