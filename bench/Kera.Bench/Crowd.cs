using System.Globalization;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Bench;

/// <summary>A district's worth of people and places, written straight into the tables: nothing here measures their writing.</summary>
internal static class Crowd
{
    private const int Batch = 2_000;
    private const int NoticesEach = 3;
    private static readonly string[] Given = ["Aino", "Eino", "Helmi", "Onni", "Sofia", "Leo", "Lilja", "Väinö", "Astrid", "Björn", "Amina", "Yusuf"];
    private static readonly string[] Family = ["Korhonen", "Virtanen", "Mäkinen", "Nieminen", "Lindström", "Johansson", "Ali", "Nguyen"];
    private static readonly string[] Kinds = ["building", "premises", "block", "street", "park", "pole"];

    /// <summary>Fills up to so many people with accounts and notices, places with shapes and phases, and requests to offices.</summary>
    public static async Task FillAsync(KeraStore store, int people, int places, int requests)
    {
        var now = DistrictCalendar.ToMicroseconds(SystemClock.Instance.GetCurrentInstant());
        await PeopleAsync(store, people, now);
        await PlacesAsync(store, places);
        await RequestsAsync(store, requests, now);
    }

    private static async Task PeopleAsync(KeraStore store, int people, long now)
    {
        int there;
        await using (var db = store.OpenContext())
        {
            there = await db.Accounts.CountAsync();
        }

        for (var first = there; first < people; first += Batch)
        {
            await using var db = store.OpenContext();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var agents = Enumerable.Range(first, Math.Min(Batch, people - first))
                .Select(number => new AgentRow { Key = Key(number), NameFi = Key(number), NameSv = Key(number), NameEn = Key(number), Kind = "person", Origin = Origin.Person }).ToList();
            db.Agents.AddRange(agents);
            await db.SaveChangesAsync();
            var accounts = agents.Select((agent, index) => AccountOf(first + index, agent.Id)).ToList();
            db.Accounts.AddRange(accounts);
            db.Persons.AddRange(agents.Select((agent, index) => new PersonRow { AgentId = agent.Id, Name = NameOf(first + index), Email = EmailOf(first + index), Created = now }));
            db.Notices.AddRange(agents.SelectMany(agent => Enumerable.Range(0, NoticesEach).Select(number => new NoticeRow { AgentId = agent.Id, Kind = "request.answered", Values = """{"number":"1"}""", Path = "/my", At = now - number })));
            db.Consents.AddRange(agents.Where((_, index) => index % 4 == 0).Select(agent => new ConsentRow { AgentId = agent.Id, Purpose = NoticeBoard.MailPurpose, Given = now, Ends = now + 31_536_000_000_000 }));
            await db.SaveChangesAsync();
            db.AccountRoles.AddRange(accounts.Select((account, index) => new AccountRoleRow { AccountId = account.Id, Role = index % 3 == 0 ? "employee" : "resident", Granted = now, GrantedBy = "operator:bench" }));
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }
    }

    private static async Task PlacesAsync(KeraStore store, int places)
    {
        await using var db = store.OpenContext();
        var there = await db.Places.CountAsync();
        var district = await db.Places.Where(place => place.Kind == "district").Select(place => place.Id).FirstAsync();
        db.Places.AddRange(Enumerable.Range(there, Math.Max(0, places - there)).Select(number => new PlaceRow
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"bench-place-{number}"),
            NameFi = string.Create(CultureInfo.InvariantCulture, $"Paikka {number}"),
            NameSv = string.Create(CultureInfo.InvariantCulture, $"Plats {number}"),
            NameEn = string.Create(CultureInfo.InvariantCulture, $"Place {number}"),
            Kind = Kinds[number % Kinds.Length],
            PartOfId = district,
            Geometry = GeometryOf(number),
            Phases = """[{"phase":"temporary","from":"2019-11","to":"2027"},{"phase":"construction","from":"2028","to":"2031"},{"phase":"finished","from":"2031"}]""",
            Schematic = true,
            Fictional = true,
        }));
        await db.SaveChangesAsync();
    }

    private static async Task RequestsAsync(KeraStore store, int requests, long now)
    {
        await using var db = store.OpenContext();
        var there = await db.Requests.CountAsync();
        var rows = Enumerable.Range(there, Math.Max(0, requests - there)).Select(number => new RequestRow
        {
            Hash = System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)),
            Kind = "idea",
            Text = "A bench by the pond, and a light above it.",
            Created = now,
            Due = now + 1_209_600_000_000,
            Holder = "city",
            // As in an office: most are answered, some wait.
            Answered = number % 50 == 0 ? null : now,
            Answer = "It is planned.",
        }).ToList();
        db.Requests.AddRange(rows);
        await db.SaveChangesAsync();
        db.RequestSteps.AddRange(rows.Select(row => new RequestStepRow { RequestId = row.Id, At = now, Step = RequestStep.Received, Holder = "city" }));
        await db.SaveChangesAsync();
    }

    private static AccountRow AccountOf(int number, int agentId) => new()
    {
        UserName = EmailOf(number),
        NormalizedUserName = EmailOf(number).ToUpperInvariant(),
        Email = EmailOf(number),
        NormalizedEmail = EmailOf(number).ToUpperInvariant(),
        SecurityStamp = Key(number),
        ConcurrencyStamp = Key(number),
        AgentId = agentId,
        LockoutEnabled = true,
        Sought = $"{NameOf(number)}\n{EmailOf(number)}\n{EmailOf(number)}".ToUpperInvariant(),
    };

    // Squares of about forty metres, fifty in a row.
    private static string GeometryOf(int number)
    {
        var (west, south) = (24.74 + (number % 50 * 0.0006), 60.205 + (number / 50 * 0.0004));
        var (east, north) = (west + 0.0004, south + 0.0002);
        return string.Create(CultureInfo.InvariantCulture, $$"""{"type":"Polygon","coordinates":[[[{{west:0.#####}},{{south:0.#####}}],[{{east:0.#####}},{{south:0.#####}}],[{{east:0.#####}},{{north:0.#####}}],[{{west:0.#####}},{{north:0.#####}}],[{{west:0.#####}},{{south:0.#####}}]]]}""");
    }

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"p-bench{number:00000}");

    private static string NameOf(int number) => $"{Given[number % Given.Length]} {Family[number / Given.Length % Family.Length]}";

    private static string EmailOf(int number) => string.Create(CultureInfo.InvariantCulture, $"bench{number}@example.org");
}
