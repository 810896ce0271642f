using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kera.Base.Store.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresKeraDb))]
    [Migration("20261127120403_Sharing")]
    public partial class Sharing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "calendar",
                table: "outbox_message",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "code",
                table: "booking",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "displaced_by",
                table: "booking",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "group_id",
                table: "booking",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "handled",
                table: "booking",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "lines",
                table: "booking",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "no_show",
                table: "booking",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "reason",
                table: "booking",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "refund",
                table: "booking",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "reminded",
                table: "booking",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "sequence",
                table: "booking",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "series",
                table: "booking",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "application_round",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    handling = table.Column<string>(type: "text", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: false),
                    former = table.Column<string>(type: "text", nullable: false),
                    solving = table.Column<int>(type: "integer", nullable: false),
                    beat = table.Column<long>(type: "bigint", nullable: true),
                    score = table.Column<long>(type: "bigint", nullable: true),
                    bound = table.Column<long>(type: "bigint", nullable: true),
                    handled = table.Column<long>(type: "bigint", nullable: true),
                    sent = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_application_round", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "booking_series",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    space = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    agent_id = table.Column<int>(type: "integer", nullable: true),
                    group_id = table.Column<int>(type: "integer", nullable: true),
                    round = table.Column<string>(type: "text", nullable: false),
                    made = table.Column<long>(type: "bigint", nullable: false),
                    refused = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_booking_series", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendar_link",
                columns: table => new
                {
                    agent_id = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    made = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calendar_link", x => x.agent_id);
                });

            migrationBuilder.CreateTable(
                name: "group_invitation",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    group_id = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created = table.Column<long>(type: "bigint", nullable: false),
                    expires = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_group_invitation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "group_member",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    group_id = table.Column<int>(type: "integer", nullable: false),
                    agent_id = table.Column<int>(type: "integer", nullable: false),
                    role = table.Column<int>(type: "integer", nullable: false),
                    joined = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_group_member", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invoice",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    seller = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    credits_id = table.Column<int>(type: "integer", nullable: true),
                    agent_id = table.Column<int>(type: "integer", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: false),
                    buyer = table.Column<string>(type: "text", nullable: false),
                    seller_details = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    dated = table.Column<int>(type: "integer", nullable: false),
                    due = table.Column<int>(type: "integer", nullable: false),
                    reference = table.Column<string>(type: "text", nullable: false),
                    paid = table.Column<int>(type: "integer", nullable: true),
                    made = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invoice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invoice_line",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    invoice_id = table.Column<int>(type: "integer", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    gross = table.Column<int>(type: "integer", nullable: false),
                    vat = table.Column<int>(type: "integer", nullable: false),
                    rate = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invoice_line", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "loan",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    item = table.Column<string>(type: "text", nullable: false),
                    site = table.Column<string>(type: "text", nullable: false),
                    agent_id = table.Column<int>(type: "integer", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    first = table.Column<int>(type: "integer", nullable: false),
                    due = table.Column<int>(type: "integer", nullable: false),
                    latest = table.Column<int>(type: "integer", nullable: false),
                    days = table.Column<int>(type: "integer", nullable: false),
                    held_until = table.Column<long>(type: "bigint", nullable: true),
                    extended = table.Column<int>(type: "integer", nullable: false),
                    out_at = table.Column<long>(type: "bigint", nullable: true),
                    back_at = table.Column<long>(type: "bigint", nullable: true),
                    delivered = table.Column<bool>(type: "boolean", nullable: false),
                    off_hire = table.Column<int>(type: "integer", nullable: true),
                    gross = table.Column<int>(type: "integer", nullable: false),
                    vat = table.Column<int>(type: "integer", nullable: false),
                    deposit = table.Column<int>(type: "integer", nullable: false),
                    deposit_held = table.Column<bool>(type: "boolean", nullable: false),
                    hours = table.Column<long>(type: "bigint", nullable: false),
                    carbon = table.Column<long>(type: "bigint", nullable: false),
                    condition_out = table.Column<int>(type: "integer", nullable: false),
                    condition_back = table.Column<int>(type: "integer", nullable: false),
                    missing = table.Column<string>(type: "text", nullable: false),
                    consumed = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    made = table.Column<long>(type: "bigint", nullable: false),
                    changed = table.Column<long>(type: "bigint", nullable: false),
                    recorded = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_loan", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people_group",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    created = table.Column<long>(type: "bigint", nullable: false),
                    ended = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_group", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "premises",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    place = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    area = table.Column<long>(type: "bigint", nullable: false),
                    permits = table.Column<string>(type: "text", nullable: false),
                    first_day = table.Column<int>(type: "integer", nullable: true),
                    last_day = table.Column<int>(type: "integer", nullable: true),
                    withdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    changed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_premises", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "premises_application",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    call_id = table.Column<int>(type: "integer", nullable: false),
                    agent_id = table.Column<int>(type: "integer", nullable: true),
                    organisation = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    plan = table.Column<string>(type: "text", nullable: false),
                    area = table.Column<long>(type: "bigint", nullable: false),
                    first_day = table.Column<int>(type: "integer", nullable: false),
                    last_day = table.Column<int>(type: "integer", nullable: false),
                    sharing = table.Column<string>(type: "text", nullable: false),
                    answers = table.Column<string>(type: "text", nullable: false),
                    show_name = table.Column<bool>(type: "boolean", nullable: false),
                    sent = table.Column<long>(type: "bigint", nullable: true),
                    changed = table.Column<long>(type: "bigint", nullable: false),
                    scores = table.Column<string>(type: "text", nullable: false),
                    choose = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    public_reason = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_premises_application", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "premises_call",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    premises = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    opens = table.Column<long>(type: "bigint", nullable: false),
                    closes = table.Column<long>(type: "bigint", nullable: false),
                    first_day = table.Column<int>(type: "integer", nullable: false),
                    last_day = table.Column<int>(type: "integer", nullable: false),
                    rent = table.Column<int>(type: "integer", nullable: false),
                    vat = table.Column<int>(type: "integer", nullable: false),
                    upkeep = table.Column<int>(type: "integer", nullable: false),
                    opening = table.Column<int>(type: "integer", nullable: false),
                    sharing = table.Column<int>(type: "integer", nullable: false),
                    criteria = table.Column<string>(type: "text", nullable: false),
                    decided = table.Column<long>(type: "bigint", nullable: true),
                    cancelled = table.Column<long>(type: "bigint", nullable: true),
                    changed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_premises_call", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "round_application",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    round = table.Column<string>(type: "text", nullable: false),
                    group_id = table.Column<int>(type: "integer", nullable: false),
                    agent_id = table.Column<int>(type: "integer", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    wishes = table.Column<string>(type: "text", nullable: false),
                    made = table.Column<long>(type: "bigint", nullable: false),
                    changed = table.Column<long>(type: "bigint", nullable: false),
                    sent = table.Column<long>(type: "bigint", nullable: true),
                    cancelled = table.Column<long>(type: "bigint", nullable: true),
                    wished = table.Column<int>(type: "integer", nullable: false),
                    granted = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_round_application", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tenancy",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    key = table.Column<string>(type: "text", nullable: false),
                    application_id = table.Column<int>(type: "integer", nullable: false),
                    premises = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    tenant = table.Column<string>(type: "text", nullable: false),
                    agent_id = table.Column<int>(type: "integer", nullable: true),
                    state = table.Column<int>(type: "integer", nullable: false),
                    area = table.Column<long>(type: "bigint", nullable: false),
                    first_day = table.Column<int>(type: "integer", nullable: false),
                    last_day = table.Column<int>(type: "integer", nullable: false),
                    rent = table.Column<int>(type: "integer", nullable: false),
                    vat = table.Column<int>(type: "integer", nullable: false),
                    use = table.Column<int>(type: "integer", nullable: false),
                    upkeep = table.Column<int>(type: "integer", nullable: false),
                    opening = table.Column<int>(type: "integer", nullable: false),
                    sharing = table.Column<int>(type: "integer", nullable: false),
                    terms = table.Column<string>(type: "text", nullable: false),
                    notice_days = table.Column<int>(type: "integer", nullable: false),
                    offered = table.Column<long>(type: "bigint", nullable: true),
                    accepted = table.Column<long>(type: "bigint", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: false),
                    ended_by = table.Column<string>(type: "text", nullable: false),
                    changed = table.Column<long>(type: "bigint", nullable: false),
                    unrecorded = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenancy", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "thing_hours",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    item = table.Column<string>(type: "text", nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    hours = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thing_hours", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "thing_item",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    item = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    repaired_by = table.Column<int>(type: "integer", nullable: true),
                    serviced = table.Column<int>(type: "integer", nullable: true),
                    serviced_hours = table.Column<long>(type: "bigint", nullable: false),
                    seen = table.Column<long>(type: "bigint", nullable: true),
                    recorded = table.Column<bool>(type: "boolean", nullable: false),
                    changed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thing_item", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "thing_waiver",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    agent_id = table.Column<int>(type: "integer", nullable: false),
                    waiver = table.Column<string>(type: "text", nullable: false),
                    digest = table.Column<string>(type: "text", nullable: false),
                    signed_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thing_waiver", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_booking_begin",
                table: "booking",
                column: "begin");

            migrationBuilder.CreateIndex(
                name: "IX_booking_displaced_by",
                table: "booking",
                column: "displaced_by",
                filter: "displaced_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_booking_end",
                table: "booking",
                column: "end",
                filter: "equipment <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_booking_group_id",
                table: "booking",
                column: "group_id",
                filter: "group_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_booking_series",
                table: "booking",
                column: "series",
                filter: "series <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_booking_series_key",
                table: "booking_series",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_calendar_link_hash",
                table: "calendar_link",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_group_invitation_group_id",
                table: "group_invitation",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "IX_group_invitation_hash",
                table: "group_invitation",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_group_member_agent_id",
                table: "group_member",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "IX_group_member_group_id_agent_id",
                table: "group_member",
                columns: new[] { "group_id", "agent_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invoice_agent_id",
                table: "invoice",
                column: "agent_id",
                filter: "agent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_invoice_seller_number",
                table: "invoice",
                columns: new[] { "seller", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_invoice_line_invoice_id",
                table: "invoice_line",
                column: "invoice_id");

            migrationBuilder.CreateIndex(
                name: "IX_invoice_line_source",
                table: "invoice_line",
                column: "source");

            migrationBuilder.CreateIndex(
                name: "IX_loan_agent_id",
                table: "loan",
                column: "agent_id",
                filter: "agent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_loan_item",
                table: "loan",
                column: "item",
                unique: true,
                filter: "state = 3");

            migrationBuilder.CreateIndex(
                name: "IX_loan_key",
                table: "loan",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_loan_kind_state",
                table: "loan",
                columns: new[] { "kind", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_loan_recorded",
                table: "loan",
                column: "recorded");

            migrationBuilder.CreateIndex(
                name: "IX_people_group_key",
                table: "people_group",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_premises_key",
                table: "premises",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_premises_application_agent_id",
                table: "premises_application",
                column: "agent_id",
                filter: "agent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_premises_application_call_id",
                table: "premises_application",
                column: "call_id");

            migrationBuilder.CreateIndex(
                name: "IX_premises_application_key",
                table: "premises_application",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_premises_call_key",
                table: "premises_call",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_round_application_group_id",
                table: "round_application",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "IX_round_application_round_group_id",
                table: "round_application",
                columns: new[] { "round", "group_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_tenancy_agent_id",
                table: "tenancy",
                column: "agent_id",
                filter: "agent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_tenancy_application_id",
                table: "tenancy",
                column: "application_id");

            migrationBuilder.CreateIndex(
                name: "IX_tenancy_key",
                table: "tenancy",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_thing_hours_item_day",
                table: "thing_hours",
                columns: new[] { "item", "day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_thing_item_item",
                table: "thing_item",
                column: "item",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_thing_waiver_agent_id_waiver",
                table: "thing_waiver",
                columns: new[] { "agent_id", "waiver" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "application_round");

            migrationBuilder.DropTable(
                name: "booking_series");

            migrationBuilder.DropTable(
                name: "calendar_link");

            migrationBuilder.DropTable(
                name: "group_invitation");

            migrationBuilder.DropTable(
                name: "group_member");

            migrationBuilder.DropTable(
                name: "invoice");

            migrationBuilder.DropTable(
                name: "invoice_line");

            migrationBuilder.DropTable(
                name: "loan");

            migrationBuilder.DropTable(
                name: "people_group");

            migrationBuilder.DropTable(
                name: "premises");

            migrationBuilder.DropTable(
                name: "premises_application");

            migrationBuilder.DropTable(
                name: "premises_call");

            migrationBuilder.DropTable(
                name: "round_application");

            migrationBuilder.DropTable(
                name: "tenancy");

            migrationBuilder.DropTable(
                name: "thing_hours");

            migrationBuilder.DropTable(
                name: "thing_item");

            migrationBuilder.DropTable(
                name: "thing_waiver");

            migrationBuilder.DropIndex(
                name: "IX_booking_begin",
                table: "booking");

            migrationBuilder.DropIndex(
                name: "IX_booking_displaced_by",
                table: "booking");

            migrationBuilder.DropIndex(
                name: "IX_booking_end",
                table: "booking");

            migrationBuilder.DropIndex(
                name: "IX_booking_group_id",
                table: "booking");

            migrationBuilder.DropIndex(
                name: "IX_booking_series",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "calendar",
                table: "outbox_message");

            migrationBuilder.DropColumn(
                name: "code",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "displaced_by",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "group_id",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "handled",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "lines",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "no_show",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "refund",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "reminded",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "sequence",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "series",
                table: "booking");
        }
    }
}
