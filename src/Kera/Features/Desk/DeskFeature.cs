using Kera.Base;
using Kera.Base.Accounts;
using Kera.Base.Ui;
using Kera.Features.Desk.Pages;

namespace Kera.Features.Desk;

/// <summary>What is done for others: invitations, people, acting for someone at the desk, roles, the record of it all.</summary>
public sealed class DeskFeature : IFeature
{
    internal static string PeoplePath => "/desk/people";

    internal static string InvitationsPath => "/desk/invitations";

    internal static string AuditPath => "/desk/audit";

    internal static string ActingPath => "/desk/acting";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new MySection(900, (_, me) => Task.FromResult(SectionFor(me))));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages().MapGroup("").NotStored();
        PeopleEndpoints.Map(pages);
        InvitationEndpoints.Map(pages);
        AuditEndpoints.Map(pages);
    }

    private static MySectionContent? SectionFor(SignedIn me)
    {
        (Operation Operation, string Path, string Key)[] desks = [(Operation.Invite, InvitationsPath, "desk.invitations"), (Operation.SeePeople, PeoplePath, "desk.people"), (Operation.ReadAudit, AuditPath, "desk.audit")];
        var open = desks.Where(desk => me.May(desk.Operation)).Select(desk => (desk.Path, desk.Key)).ToList();
        return me.Desk is null && open.Count == 0 ? null
            : new MySectionContent("desk", "desk.title", typeof(DeskSection), new Dictionary<string, object> { ["Desks"] = open, ["Acting"] = me.Desk is not null });
    }
}
