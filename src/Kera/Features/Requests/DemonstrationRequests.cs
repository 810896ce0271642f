using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Requests;
using Kera.Base.Store;
using Kera.Base.Ui;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Requests;

/// <summary>Some made-up feedback for the demonstration's offices, one of it answered: a desk with nothing on it shows nothing.</summary>
internal sealed class DemonstrationRequests(KeraStore store, RequestBook requests, DistrictInForce district, IHostApplicationLifetime lifetime, ILogger<DemonstrationRequests> logger) : BackgroundService
{
    private static readonly (string Kind, string Page, string Text)[] Asked =
    [
        ("accessibility", "/map", "feedback.demonstration.map"),
        ("mistake", "/places/demo-kutoja-hall", "feedback.demonstration.hall"),
        ("idea", "", "feedback.demonstration.sauna"),
        ("other", "", "feedback.demonstration.keys"),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!district.Demonstration)
        {
            return;
        }

        await lifetime.StartedAsync(stoppingToken);
        try
        {
            await using (var db = store.OpenContext())
            {
                var kinds = Asked.Select(each => each.Kind).ToList();
                if (await db.Requests.AnyAsync(row => kinds.Contains(row.Kind), stoppingToken))
                {
                    return;
                }
            }

            var texts = Texts.For(Language.Finnish);
            var newest = 0;
            foreach (var (kind, page, text) in Asked)
            {
                newest = (await requests.AskAsync(new NewRequest(kind, null, "", Language.Finnish.Code, page, texts.Plain(text)), Actor.Start(), stoppingToken)).Id;
            }

            await requests.AnswerAsync(newest, [new RoleGrant(Role.Desk)], texts.Plain("feedback.demonstration.answer"), Actor.Start(), stoppingToken);
        }
        catch (System.Data.Common.DbException failure)
        {
            logger.LogError(failure, "The demonstration's feedback was not written; it is with the next start on empty data.");
        }
    }
}
