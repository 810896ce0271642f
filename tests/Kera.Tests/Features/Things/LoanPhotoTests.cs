using System.Net;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Invoices;
using Kera.Base.Jobs;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Features.Things;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Things;

/// <summary>Photographs of lent things: the picture alone is kept, for its borrower and its keeper, and not for ever.</summary>
public sealed class LoanPhotoTests(PostgresServer server)
{
    private const string Desk = "/en/thing-desk/demo-hall-association";
    private const string Item = Desk + "/items/ladder-1";

    [Fact]
    public async Task Only_the_picture_of_a_photograph_is_read()
    {
        foreach (var little in new[] { true, false })
        {
            var read = (await ReadAsync(Photo(Notes(6, little))))!;
            var text = Encoding.Latin1.GetString(read);
            Assert.DoesNotContain("60.2128", text, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("thumbnail", text, StringComparison.Ordinal);
            // The same again, and it is turned as it was: the tag of the orientation with 6.
            Assert.Equal(read, await ReadAsync(read));
            Assert.Contains("\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006", text, StringComparison.Ordinal);
            Assert.EndsWith("\u00FF\u00D9", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString((await ReadAsync(Photo(Notes(1, true))))!), StringComparison.Ordinal);
        Assert.Null(await ReadAsync([]));
        var whole = Photo(Notes(6, true));
        var end = Encoding.Latin1.GetString(whole).LastIndexOf("\u00FF\u00D9", StringComparison.Ordinal);
        byte[][] wrong =
        [
            "GIF89a and more"u8.ToArray(),
            "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray(),
            [0xFF, 0xD8, 0xFF, 0xD9],
            // Cut off anywhere before its end, it is none.
            .. Enumerable.Range(1, end).Select(length => whole[..length]),
        ];
        foreach (var bytes in wrong)
        {
            Assert.Equal("photo", (await Assert.ThrowsAsync<AccessException>(() => ReadAsync(bytes))).Field);
        }
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_photograph_is_for_borrower_and_keeper_until_some_time_after_all_is_settled(string provider)
    {
        await using var town = await ThingTown.StartAsync(provider, server);
        var (aino, olli, keeper) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-hall-association"));
        var loan = await ThingTown.ReserveAsync(aino, "ladder", "2026-11-24", 3);
        var key = ThingTown.KeyOf(loan);
        // What is no photograph hands nothing out; more than a request may otherwise have is taken here.
        Assert.Contains("Send a photograph as JPEG", (await keeper.UploadAsync(Item, Item + "/out", "photo", "not one"u8.ToArray(), ("loan", key))).Text, StringComparison.Ordinal);
        Assert.Equal(Item, (await keeper.UploadAsync(Item, Item + "/out", "photo", Photo(Notes(6, true), 3_000_000), ("loan", key))).Location);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await keeper.UploadAsync(Item, Item + "/photo", "photo", new byte[13 * 1024 * 1024], ("loan", key))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await keeper.UploadAsync(Item, Item + "/lost", "photo", new byte[2 * 1024 * 1024], ("loan", key))).Status);
        for (var number = 1; number < 6; number++)
        {
            foreach (var _ in Enumerable.Range(0, 2))
            {
                Assert.Equal(Item, (await keeper.UploadAsync(Item, Item + "/photo", "photo", Photo(Notes(1, true), number), ("loan", key))).Location);
            }
        }

        Assert.Contains("at most 6 photographs", (await keeper.UploadAsync(Item, Item + "/photo", "photo", Photo(Notes(1, true), 99), ("loan", key))).Text, StringComparison.Ordinal);
        var photo = (await PhotosAsync(town))[0].Key;
        Assert.Contains($"{loan}/photos/{photo}", (await aino.GetAsync(loan)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await aino.GetAsync($"{loan}/photos/{photo}")).Status);
        Assert.Equal("no-store", aino.CacheControl);
        Assert.Equal(HttpStatusCode.OK, (await keeper.GetAsync($"{Item}/photos/{photo}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await olli.GetAsync($"{loan}/photos/{photo}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await olli.GetAsync($"{Item}/photos/{photo}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await keeper.GetAsync($"{Desk}/items/drill-1/photos/{photo}")).Status);
        var account = await town.Kera.AccountOfAsync("Aino Virta");
        var personal = town.Services.GetRequiredService<PersonalData>();
        Assert.Contains("loan", (await personal.ReadsAsync(account.AgentId, TestContext.Current.CancellationToken)).Select(read => read.What));
        Assert.Contains($"/photos/{photo}", (await aino.GetAsync("/en/my/data/export.json")).Text, StringComparison.Ordinal);

        // Back with another one too many for it; a month later all are gone, and not before.
        Assert.Equal(Item, (await keeper.SubmitAsync(Desk, Item + "/back", ("loan", key), ("condition", ""), ("words", ""))).Location);
        var retention = town.Services.GetRequiredService<Retention>();
        town.Pass(Duration.FromDays(29));
        await retention.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(6, (await PhotosAsync(town)).Count);
        town.Pass(Duration.FromDays(2));
        await retention.RunAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await PhotosAsync(town));

        // With the person they go at once; while a deposit is talked about they stay.
        (aino, keeper) = (await town.Kera.JoinAsync("Ville Virta", "resident"), await town.Kera.JoinAsync("Kerttu Keeper", "partner:demo-hall-association"));
        account = await town.Kera.AccountOfAsync("Ville Virta");
        var drill = ThingTown.KeyOf(await ThingTown.ReserveAsync(aino, "drill", "2026-12-25", 1, ("signs", "true")));
        Assert.NotNull((await keeper.UploadAsync(Item, Desk + "/items/drill-1/out", "photo", Photo(Notes(1, true)), ("loan", drill))).Location);
        Assert.NotNull((await keeper.SubmitAsync(Desk, Desk + "/items/drill-1/back", ("loan", drill), ("condition", "Broken"), ("came", "0"), ("came", "1"), ("words", ""))).Location);
        town.Pass(Duration.FromDays(60));
        await retention.RunAsync(TestContext.Current.CancellationToken);
        Assert.Single(await PhotosAsync(town));
        await town.Services.GetRequiredService<LoanSettling>().ForgiveAsync(drill, "demo-hall-association", Actor.Operator(), TestContext.Current.CancellationToken);
        var book = town.Services.GetRequiredService<InvoiceBook>();
        await book.IssueAsync(book.SellerOf("demo-hall-association")!, Actor.Operator(), TestContext.Current.CancellationToken);

        Assert.Empty(await personal.EraseAsync(account.AgentId, Actor.Operator(), TestContext.Current.CancellationToken));
        Assert.Empty(await PhotosAsync(town));
    }

    private static async Task<List<LoanPhotoRow>> PhotosAsync(ThingTown town)
    {
        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        return await db.LoanPhotos.AsNoTracking().OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<byte[]?> ReadAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await LoanPhotos.ReadAsync(new FormFile(stream, 0, bytes.Length, "photo", "photo.jpg"), TestContext.Current.CancellationToken);
    }

    // As a telephone writes it: notes with a place and a small copy, words, tables, one frame, one scan, and something behind its end.
    private static byte[] Photo(byte[] notes, int codes = 40) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
        .. Segment(0xE1, notes),
        .. Segment(0xFE, "a secret word"u8.ToArray()),
        .. Segment(0xDB, new byte[65]),
        .. Segment(0xC0, [8, 0, 16, 0, 16, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]),
        .. Segment(0xC4, new byte[29]),
        .. Segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
        .. Enumerable.Repeat((byte)0x55, codes), 0xFF, 0x00, 0xFF, 0xD0, 0x12,
        0xFF, 0xD9,
        .. "trailing secret"u8,
    ];

    private static byte[] Notes(byte orientation, bool little)
    {
        byte[] two(int number) => little ? [(byte)number, (byte)(number >> 8)] : [(byte)(number >> 8), (byte)number];
        byte[] four(int number) => little ? [.. two(number), 0, 0] : [0, 0, .. two(number)];
        return [.. "Exif\0\0"u8, .. little ? "II"u8 : "MM"u8, .. two(42), .. four(8), .. two(2), .. two(0x010F), .. two(2), .. four(4), .. "abc\0"u8, .. two(0x0112), .. two(3), .. four(1), .. two(orientation), 0, 0, .. four(0), .. "GPS 60.2128 24.7440 thumbnail"u8];
    }

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];
}
