using System.Reflection;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Kera.Base.Store;

/// <summary>The model of everything that is stored; one sealed class per provider has its migrations.</summary>
public abstract class KeraDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<DistrictRow> Districts => Set<DistrictRow>();
    public DbSet<AgentRow> Agents => Set<AgentRow>();
    public DbSet<SpecificationRow> Specifications => Set<SpecificationRow>();
    public DbSet<ProcessSpecificationRow> ProcessSpecifications => Set<ProcessSpecificationRow>();
    public DbSet<PlaceRow> Places => Set<PlaceRow>();
    public DbSet<ResourceRow> Resources => Set<ResourceRow>();
    public DbSet<ProcessRow> Processes => Set<ProcessRow>();
    public DbSet<DeclaredFlowRow> DeclaredFlows => Set<DeclaredFlowRow>();
    public DbSet<AudienceRow> Audiences => Set<AudienceRow>();
    public DbSet<AgreementRow> Agreements => Set<AgreementRow>();
    public DbSet<CommitmentRow> Commitments => Set<CommitmentRow>();
    public DbSet<FlowRow> Flows => Set<FlowRow>();
    public DbSet<EventRow> Events => Set<EventRow>();
    public DbSet<EventTextRow> EventTexts => Set<EventTextRow>();
    public DbSet<FulfilmentRow> Fulfilments => Set<FulfilmentRow>();
    public DbSet<PromiseEntryRow> PromiseEntries => Set<PromiseEntryRow>();
    public DbSet<ChainHeadRow> ChainHeads => Set<ChainHeadRow>();
    public DbSet<BalanceRow> Balances => Set<BalanceRow>();
    public DbSet<ResourceVersionRow> ResourceVersions => Set<ResourceVersionRow>();
    public DbSet<FlowDayRow> FlowDays => Set<FlowDayRow>();
    public DbSet<FlowMonthRow> FlowMonths => Set<FlowMonthRow>();
    public DbSet<AuditRow> Audits => Set<AuditRow>();
    public DbSet<TokenRow> Tokens => Set<TokenRow>();
    public DbSet<PersonRow> Persons => Set<PersonRow>();
    public DbSet<AccountRow> Accounts => Set<AccountRow>();
    public DbSet<AccountRoleRow> AccountRoles => Set<AccountRoleRow>();
    public DbSet<SessionRow> Sessions => Set<SessionRow>();
    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();
    public DbSet<ConsentRow> Consents => Set<ConsentRow>();
    public DbSet<PersonalReadRow> PersonalReads => Set<PersonalReadRow>();
    public DbSet<SeriesRow> Series => Set<SeriesRow>();
    public DbSet<SeriesValueRow> SeriesValues => Set<SeriesValueRow>();
    public DbSet<DataProtectionKeyRow> DataProtectionKeys => Set<DataProtectionKeyRow>();
    public DbSet<JobRow> Jobs => Set<JobRow>();
    public DbSet<OutboxMessageRow> OutboxMessages => Set<OutboxMessageRow>();
    public DbSet<ErasureRow> Erasures => Set<ErasureRow>();
    public DbSet<NoticeRow> Notices => Set<NoticeRow>();
    public DbSet<RequestRow> Requests => Set<RequestRow>();
    public DbSet<RequestStepRow> RequestSteps => Set<RequestStepRow>();
    public DbSet<HomeRow> Homes => Set<HomeRow>();
    public DbSet<HomeBandRow> HomeBands => Set<HomeBandRow>();
    public DbSet<BookingRow> Bookings => Set<BookingRow>();
    public DbSet<CalendarLinkRow> CalendarLinks => Set<CalendarLinkRow>();
    public DbSet<PremisesRow> Premises => Set<PremisesRow>();
    public DbSet<PremisesCallRow> PremisesCalls => Set<PremisesCallRow>();
    public DbSet<PremisesApplicationRow> PremisesApplications => Set<PremisesApplicationRow>();
    public DbSet<TenancyRow> Tenancies => Set<TenancyRow>();
    public DbSet<InvoiceRow> Invoices => Set<InvoiceRow>();
    public DbSet<InvoiceLineRow> InvoiceLines => Set<InvoiceLineRow>();
    public DbSet<PaymentRow> Payments => Set<PaymentRow>();
    public DbSet<PaymentRefundRow> PaymentRefunds => Set<PaymentRefundRow>();
    public DbSet<BookingSeriesRow> BookingSeries => Set<BookingSeriesRow>();
    public DbSet<PeopleGroupRow> Groups => Set<PeopleGroupRow>();
    public DbSet<GroupMemberRow> GroupMembers => Set<GroupMemberRow>();
    public DbSet<GroupInvitationRow> GroupInvitations => Set<GroupInvitationRow>();
    public DbSet<ApplicationRoundRow> Rounds => Set<ApplicationRoundRow>();
    public DbSet<RoundApplicationRow> RoundApplications => Set<RoundApplicationRow>();
    public DbSet<LoanRow> Loans => Set<LoanRow>();
    public DbSet<ThingItemRow> ThingItems => Set<ThingItemRow>();
    public DbSet<ThingHoursRow> ThingHours => Set<ThingHoursRow>();
    public DbSet<ThingWaiverRow> ThingWaivers => Set<ThingWaiverRow>();
    public DbSet<LoanPhotoRow> LoanPhotos => Set<LoanPhotoRow>();
    public DbSet<SiteLimitRow> SiteLimits => Set<SiteLimitRow>();
    public DbSet<PartnerProfileRow> PartnerProfiles => Set<PartnerProfileRow>();
    public DbSet<PartnerServiceRow> PartnerServices => Set<PartnerServiceRow>();
    public DbSet<CarbonPeriodRow> CarbonPeriods => Set<CarbonPeriodRow>();
    public DbSet<CarbonFormerRow> CarbonFormers => Set<CarbonFormerRow>();
    public DbSet<CarbonStateRow> CarbonStates => Set<CarbonStateRow>();
    public DbSet<CarbonDueRow> CarbonDues => Set<CarbonDueRow>();
    public DbSet<EnergyPlanRow> EnergyPlans => Set<EnergyPlanRow>();
    public DbSet<EnergyModeRow> EnergyModes => Set<EnergyModeRow>();
    public DbSet<EnergySetpointRow> EnergySetpoints => Set<EnergySetpointRow>();
    public DbSet<EnergyOfferRow> EnergyOffers => Set<EnergyOfferRow>();
    public DbSet<CommunityNoticeRow> CommunityNotices => Set<CommunityNoticeRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var noun in new[] { typeof(AgentRow), typeof(SpecificationRow), typeof(ProcessSpecificationRow), typeof(PlaceRow), typeof(ResourceRow), typeof(ProcessRow), typeof(DeclaredFlowRow), typeof(AgreementRow), typeof(CommitmentRow) })
        {
            modelBuilder.Entity(noun).HasIndex(nameof(NounRow.Key)).IsUnique();
        }

        modelBuilder.Entity<AudienceRow>().HasIndex(row => row.Key).IsUnique();
        modelBuilder.Entity<SeriesRow>().HasIndex(row => row.Key).IsUnique();
        modelBuilder.Entity<TokenRow>().HasIndex(row => row.Hash).IsUnique();

        modelBuilder.Entity<FlowRow>().HasIndex(row => row.Dimensions).IsUnique();
        modelBuilder.Entity<FlowRow>().HasIndex(row => row.ResourceId);
        modelBuilder.Entity<FlowRow>().HasIndex(row => row.ToResourceId);

        modelBuilder.Entity<EventRow>(events =>
        {
            events.HasKey(row => row.Position);
            events.Property(row => row.Position).ValueGeneratedNever();
            events.HasIndex(row => row.IdempotencyKey).IsUnique();
            events.HasIndex(row => new { row.ResourceId, row.Position });
            events.HasIndex(row => row.EffectTime);
            // Beyond those three, only where the column is set, so that a metered event pays for none of them:
            // a to-resource's own events, the inputs and outputs of a batch, and the corrections of an event.
            events.HasIndex(row => new { row.ToResourceId, row.Position }).HasFilter("to_resource_id IS NOT NULL");
            events.HasIndex(row => row.BatchInputOfId).HasFilter("batch_input_of_id IS NOT NULL");
            events.HasIndex(row => row.BatchOutputOfId).HasFilter("batch_output_of_id IS NOT NULL");
            events.HasIndex(row => row.Corrects).HasFilter("corrects IS NOT NULL");
        });
        modelBuilder.Entity<EventTextRow>().HasKey(row => row.Position);
        modelBuilder.Entity<EventTextRow>().Property(row => row.Position).ValueGeneratedNever();
        modelBuilder.Entity<FulfilmentRow>().HasKey(row => new { row.Position, row.CommitmentId });
        modelBuilder.Entity<FulfilmentRow>().HasIndex(row => row.CommitmentId);
        modelBuilder.Entity<PromiseEntryRow>().HasKey(row => row.Position);
        modelBuilder.Entity<PromiseEntryRow>().Property(row => row.Position).ValueGeneratedNever();
        modelBuilder.Entity<ChainHeadRow>().Property(row => row.Id).ValueGeneratedNever();
        modelBuilder.Entity<DistrictRow>().Property(row => row.Id).ValueGeneratedNever();
        modelBuilder.Entity<BalanceRow>().HasKey(row => row.ResourceId);
        modelBuilder.Entity<BalanceRow>().Property(row => row.ResourceId).ValueGeneratedNever();
        modelBuilder.Entity<ResourceVersionRow>().HasKey(row => new { row.ResourceId, row.EffectTime, row.Position });
        modelBuilder.Entity<FlowDayRow>().HasKey(row => new { row.FlowId, row.Day });
        modelBuilder.Entity<FlowDayRow>().HasIndex(row => row.Day);
        modelBuilder.Entity<FlowMonthRow>().HasKey(row => new { row.FlowId, row.Month });
        modelBuilder.Entity<PersonRow>().HasKey(row => row.AgentId);
        modelBuilder.Entity<PersonRow>().Property(row => row.AgentId).ValueGeneratedNever();
        modelBuilder.Entity<SeriesValueRow>().HasKey(row => new { row.SeriesId, row.Start });
        modelBuilder.Entity<JobRow>().HasKey(row => row.Name);
        modelBuilder.Entity<OutboxMessageRow>().HasIndex(row => row.Key).IsUnique();
        modelBuilder.Entity<OutboxMessageRow>().HasIndex(row => new { row.State, row.NextAttempt });
        modelBuilder.Entity<OutboxMessageRow>().HasIndex(row => row.PersonId).HasFilter("person_id IS NOT NULL");
        modelBuilder.Entity<ErasureRow>().HasKey(row => row.Person);
        modelBuilder.Entity<NoticeRow>().HasIndex(row => new { row.AgentId, row.Id });
        modelBuilder.Entity<NoticeRow>().HasIndex(row => new { row.AgentId, row.Once }).IsUnique().HasFilter("once IS NOT NULL");
        modelBuilder.Entity<RequestRow>().HasIndex(row => row.Hash).IsUnique();
        modelBuilder.Entity<RequestRow>().HasIndex(row => row.AgentId).HasFilter("agent_id IS NOT NULL");
        modelBuilder.Entity<RequestRow>().HasIndex(row => row.Due).HasFilter("answered IS NULL");
        modelBuilder.Entity<RequestRow>().HasMany<RequestStepRow>().WithOne().HasForeignKey(row => row.RequestId);
        modelBuilder.Entity<HomeRow>().HasKey(row => row.AgentId);
        modelBuilder.Entity<HomeRow>().Property(row => row.AgentId).ValueGeneratedNever();
        modelBuilder.Entity<HomeRow>().HasIndex(row => new { row.Kind, row.Size });
        modelBuilder.Entity<HomeBandRow>().HasIndex(row => new { row.Month, row.Measure, row.Kind, row.Size }).IsUnique();
        modelBuilder.Entity<BookingRow>(bookings =>
        {
            bookings.HasIndex(row => row.Key).IsUnique();
            // With the beginning too, so that what begins later is left in the index.
            bookings.HasIndex(row => new { row.Space, row.End, row.Begin });
            bookings.HasIndex(row => row.AgentId).HasFilter("agent_id IS NOT NULL");
            // Few bookings take equipment, and each that does may meet any other.
            bookings.HasIndex(row => new { row.End, row.Begin }).HasFilter("equipment <> ''");
            bookings.HasIndex(row => row.GroupId).HasFilter("group_id IS NOT NULL");
            bookings.HasIndex(row => row.Series).HasFilter("series <> ''");
            // Of the few whose promise or use the ledger has still to hear of.
            bookings.HasIndex(row => new { row.Recorded, row.End });
            bookings.HasIndex(row => row.DisplacedBy).HasFilter("displaced_by IS NOT NULL");
            // Only what is still to be reminded of: else PostgreSQL would read half of this index to find what overlaps a time.
            bookings.HasIndex(row => row.Begin).HasFilter("NOT reminded");
        });
        modelBuilder.Entity<CalendarLinkRow>().HasKey(row => row.AgentId);
        modelBuilder.Entity<CalendarLinkRow>().Property(row => row.AgentId).ValueGeneratedNever();
        modelBuilder.Entity<CalendarLinkRow>().HasIndex(row => row.Hash).IsUnique();
        modelBuilder.Entity<PremisesRow>().HasIndex(row => row.Key).IsUnique();
        modelBuilder.Entity<PremisesCallRow>().HasIndex(row => row.Key).IsUnique();
        modelBuilder.Entity<PremisesApplicationRow>(applications =>
        {
            applications.HasIndex(row => row.Key).IsUnique();
            applications.HasIndex(row => row.CallId);
            applications.HasIndex(row => row.AgentId).HasFilter("agent_id IS NOT NULL");
        });
        modelBuilder.Entity<TenancyRow>(tenancies =>
        {
            tenancies.HasIndex(row => row.Key).IsUnique();
            tenancies.HasIndex(row => row.ApplicationId);
            tenancies.HasIndex(row => row.AgentId).HasFilter("agent_id IS NOT NULL");
        });
        modelBuilder.Entity<InvoiceRow>().HasIndex(row => new { row.Seller, row.Number }).IsUnique();
        modelBuilder.Entity<InvoiceRow>().HasIndex(row => row.AgentId).HasFilter("agent_id IS NOT NULL");
        modelBuilder.Entity<InvoiceLineRow>().HasIndex(row => row.InvoiceId);
        modelBuilder.Entity<InvoiceLineRow>().HasIndex(row => row.Source);
        modelBuilder.Entity<PaymentRow>(payments =>
        {
            payments.HasIndex(row => row.Key).IsUnique();
            payments.HasIndex(row => row.Source);
            payments.HasIndex(row => new { row.Seller, row.Made });
            payments.HasIndex(row => row.AgentId).HasFilter("agent_id IS NOT NULL");
        });
        modelBuilder.Entity<PaymentRefundRow>(refunds =>
        {
            refunds.HasIndex(row => row.Key).IsUnique();
            refunds.HasIndex(row => row.PaymentId);
            // Of the few that the provider is still to be asked for.
            refunds.HasIndex(row => row.NextAttempt).HasFilter("state = 0");
        });
        modelBuilder.Entity<BookingSeriesRow>().HasIndex(row => row.Key).IsUnique();
        modelBuilder.Entity<PeopleGroupRow>().HasIndex(row => row.Key).IsUnique();
        modelBuilder.Entity<GroupMemberRow>().HasIndex(row => new { row.GroupId, row.AgentId }).IsUnique();
        modelBuilder.Entity<GroupMemberRow>().HasIndex(row => row.AgentId);
        modelBuilder.Entity<GroupInvitationRow>().HasIndex(row => row.Hash).IsUnique();
        modelBuilder.Entity<GroupInvitationRow>().HasIndex(row => row.GroupId);
        modelBuilder.Entity<ApplicationRoundRow>().HasKey(row => row.Key);
        modelBuilder.Entity<RoundApplicationRow>().HasIndex(row => new { row.Round, row.GroupId }).IsUnique();
        modelBuilder.Entity<RoundApplicationRow>().HasIndex(row => row.GroupId);
        modelBuilder.Entity<LoanRow>(loans =>
        {
            loans.HasIndex(row => row.Key).IsUnique();
            loans.HasIndex(row => new { row.Kind, row.State });
            loans.HasIndex(row => row.AgentId).HasFilter("agent_id IS NOT NULL");
            // An item is with one borrower at a time.
            loans.HasIndex(row => row.Item).IsUnique().HasFilter("state = 3");
            loans.HasIndex(row => row.Recorded);
        });
        modelBuilder.Entity<ThingItemRow>().HasIndex(row => row.Item).IsUnique();
        modelBuilder.Entity<ThingHoursRow>().HasIndex(row => new { row.Item, row.Day }).IsUnique();
        modelBuilder.Entity<ThingWaiverRow>().HasIndex(row => new { row.AgentId, row.Waiver }).IsUnique();
        modelBuilder.Entity<LoanPhotoRow>().HasIndex(row => row.Key).IsUnique();
        modelBuilder.Entity<LoanPhotoRow>().HasIndex(row => row.LoanId);
        modelBuilder.Entity<SiteLimitRow>().HasIndex(row => new { row.Site, row.AgentId }).IsUnique();
        modelBuilder.Entity<PartnerProfileRow>().HasKey(row => row.AgentId);
        modelBuilder.Entity<PartnerProfileRow>().Property(row => row.AgentId).ValueGeneratedNever();
        modelBuilder.Entity<PartnerServiceRow>().HasIndex(row => row.AgentId);
        modelBuilder.Entity<EnergyPlanRow>().HasIndex(row => row.First);
        modelBuilder.Entity<EnergyModeRow>().HasIndex(row => row.Plant).IsUnique();
        modelBuilder.Entity<EnergySetpointRow>().HasIndex(row => new { row.Plant, row.Hour }).IsUnique();
        modelBuilder.Entity<EnergyOfferRow>().HasIndex(row => new { row.Flexibility, row.Key }).IsUnique();
        modelBuilder.Entity<EnergyOfferRow>().HasIndex(row => row.Until);
        modelBuilder.Entity<CommunityNoticeRow>().HasIndex(row => row.OwnerId).HasFilter("owner_id IS NOT NULL");
        modelBuilder.Entity<CarbonPeriodRow>().HasKey(row => new { row.Span, row.Start });
        modelBuilder.Entity<CarbonFormerRow>().HasIndex(row => new { row.Span, row.Start });
        modelBuilder.Entity<CarbonStateRow>().Property(row => row.Id).ValueGeneratedNever();

        AccountModel.Configure(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes().Where(entity => !entity.IsOwned()))
        {
            entity.SetTableName(TableName(entity.ClrType));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(ColumnName(property.PropertyInfo!));
            }
        }
    }

    /// <summary>The table of a kind of row.</summary>
    internal static string TableName(Type row) => SnakeCase(row.Name[..^"Row".Length]);

    /// <summary>The column of a row's property.</summary>
    internal static string ColumnName(PropertyInfo property) => SnakeCase(property.Name);

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && snake.Length > 0)
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }
}

/// <summary>The store on SQLite.</summary>
public sealed class SqliteKeraDb(DbContextOptions<SqliteKeraDb> options) : KeraDb(options);

/// <summary>The store on PostgreSQL.</summary>
public sealed class PostgresKeraDb(DbContextOptions<PostgresKeraDb> options) : KeraDb(options);

/// <summary>Makes the contexts for <c>dotnet ef</c>; nothing is opened.</summary>
public sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteKeraDb>
{
    public SqliteKeraDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteKeraDb>().UseSqlite("Data Source=design.db").Options);
}

/// <summary>See <see cref="SqliteDesign"/>.</summary>
public sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresKeraDb>
{
    public PostgresKeraDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresKeraDb>().UseNpgsql("Host=localhost;Database=design").Options);
}
