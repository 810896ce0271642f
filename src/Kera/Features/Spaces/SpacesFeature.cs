using Kera.Base;
using Kera.Base.Accounts;
using Kera.Base.Api;
using Kera.Base.Jobs;
using Kera.Base.Payments;
using Kera.Base.Requests;
using Kera.Base.Solving;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Kera.Features.Spaces.Premises;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>Spaces that people book: what is free, for how much and at which footprint; one's own bookings; what a keeper decides.</summary>
public sealed class SpacesFeature : IFeature
{
    private static readonly Duration s_between = Duration.FromMinutes(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        SpaceApi.Describe(services);
        SpaceFigures.Register(services);
        BookingApi.Describe(services);
        SpaceSearch.Register(services);
        services.AddSingleton<SpaceCalendar>();
        services.AddSingleton<BookingRegister>();
        services.AddSingleton<BookingLedger>();
        services.AddSingleton<SeriesRegister>();
        services.AddSingleton<RoundRegister>();
        services.AddSingleton<RoundDesk>();
        services.AddSingleton<RoundResults>();
        services.AddSingleton(new RoundProcess(SolverProcess.OwnProgram(RoundProcess.Verb), s_patience));
        services.AddSingleton<RoundSolves>();
        services.AddSingleton(provider => SpaceGroups.End(provider.GetRequiredService<SpaceCalendar>(), provider.GetRequiredService<DoorCalls>()));
        // Before the bookings: what is a group's goes on to its leader, and only the rest ends.
        services.AddSingleton(SeriesRegister.Erasure);
        services.AddSingleton(RoundExport.Erasure);
        services.AddSingleton(RoundExport.Part);
        services.AddSingleton(DoorSettings.From(configuration));
        services.AddSingleton<DoorCalls>();
        services.AddSingleton<BookingNews>();
        services.AddSingleton<BookingErasure>();
        services.AddSingleton<BookingFeeds>();
        services.AddSingleton<SpaceFaults>();
        services.AddSingleton(new HeldKind(SpaceFaults.Kind, SpaceDesk.PathOf));
        services.AddSingleton(provider => provider.GetRequiredService<BookingErasure>().Rule);
        services.AddSingleton(BookingErasure.LinkRule);
        services.AddRetention(BookingErasure.Retention);
        services.AddRetention(BookingErasure.WordsRetention);
        services.AddSingleton<BookingExport>();
        services.AddSingleton(provider => provider.GetRequiredService<BookingExport>().Part);
        services.AddSingleton(BookingExport.LinkPart);
        services.AddJob(new Job("bookings.record", JobTimes.Every(s_between), static (provider, cancellation) => provider.GetRequiredService<BookingLedger>().AdvanceAsync(cancellation)));
        services.AddJob(new Job("bookings.holds", JobTimes.Every(BookingRegister.HoldTime), static (provider, cancellation) => provider.GetRequiredService<BookingRegister>().ForgetHoldsAsync(cancellation)));
        services.AddJob(new Job("bookings.unpaid", JobTimes.Every(s_between), static (provider, cancellation) => provider.GetRequiredService<BookingRegister>().ForgetUnpaidAsync(cancellation)));
        services.AddSingleton(provider => new PaymentSource(BookingRegister.SourceWord, provider.GetRequiredService<BookingRegister>().PaidAsync));
        services.AddJob(new Job("bookings.remind", JobTimes.Every(s_between), static (provider, cancellation) => provider.GetRequiredService<BookingRegister>().RemindAsync(cancellation)));
        services.AddJob(new Job("bookings.lapse", JobTimes.Every(s_between), static (provider, cancellation) => provider.GetRequiredService<BookingRegister>().LapseAsync(cancellation)));
        services.AddJob(new Job("round.solve", JobTimes.Every(s_between), static (provider, cancellation) => provider.GetRequiredService<RoundSolves>().RunAsync(cancellation)));
        services.AddHostedService<DemonstrationBookings>();
        SeriesApi.Describe(services);
        GroupApi.Describe(services);
        RoundApi.Describe(services);
        services.AddSingleton(new PlaceOffer("spaces", "spaces.map", static (provider, _) => Task.FromResult(provider.GetRequiredService<SpaceCalendar>().OnMap)));
        services.AddSingleton(new NavigationEntry(30, "spaces.navigation", SpaceEndpoints.Path, "calendar-check"));
        services.AddSingleton(new MySection(50, MineAsync));
        services.AddSingleton(new MySection(55, GroupEndpoints.SectionAsync));
        services.AddSingleton(new MySection(841, RoundDeskEndpoints.SectionAsync));
        services.AddSingleton(new MySection(840, SpaceDesk.SectionAsync));
        services.AddSingleton(new Need(180, SpaceDesk.NeedAsync));
        services.AddSingleton(new Need(181, RoundDeskEndpoints.NeedAsync));
        services.AddSingleton<BookingCharges>();
        services.AddSingleton(provider => provider.GetRequiredService<BookingCharges>().Source);
        services.AddPremises();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        SpaceEndpoints.Map(pages);
        BookingEndpoints.Map(pages);
        MoveEndpoints.Map(pages);
        FeedEndpoints.Map(pages);
        var api = endpoints.MapApi();
        api.MapSpaces();
        api.MapBookings();
        api.MapSeries();
        api.MapGroups();
        SpaceDesk.Map(pages);
        pages.MapPremises();
        SeriesEndpoints.Map(pages);
        GroupEndpoints.Map(pages);
        RoundEndpoints.Map(pages);
        RoundDeskEndpoints.Map(pages);
        endpoints.MapApi().MapRounds();
    }

    private static async Task<MySectionContent?> MineAsync(HttpContext context, SignedIn me)
    {
        var calendar = context.RequestServices.GetRequiredService<SpaceCalendar>();
        return calendar.Spaces is not { Spaces.Count: > 0 } ? null : new MySectionContent("my-bookings", "spaces.mine", typeof(MyBookings), new Dictionary<string, object?>
        {
            ["Bookings"] = await context.RequestServices.GetRequiredService<BookingRegister>().ComingAsync(me.AgentId, context.RequestAborted),
            ["Spaces"] = calendar.Spaces,
            ["Link"] = await context.RequestServices.GetRequiredService<BookingFeeds>().LinkOfAsync(me.AgentId, context.RequestAborted),
        }!);
    }
}
