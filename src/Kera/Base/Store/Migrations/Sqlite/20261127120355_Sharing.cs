using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteKeraDb))]
    [Migration("20261127120355_Sharing")]
    public partial class Sharing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "calendar",
                table: "outbox_message",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "code",
                table: "booking",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "displaced_by",
                table: "booking",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "group_id",
                table: "booking",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "handled",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "lines",
                table: "booking",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "no_show",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "reason",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "refund",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "reminded",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "sequence",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "series",
                table: "booking",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "application_round",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    handling = table.Column<string>(type: "TEXT", nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: false),
                    former = table.Column<string>(type: "TEXT", nullable: false),
                    solving = table.Column<int>(type: "INTEGER", nullable: false),
                    beat = table.Column<long>(type: "INTEGER", nullable: true),
                    score = table.Column<long>(type: "INTEGER", nullable: true),
                    bound = table.Column<long>(type: "INTEGER", nullable: true),
                    handled = table.Column<long>(type: "INTEGER", nullable: true),
                    sent = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_application_round", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "booking_series",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    space = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: true),
                    group_id = table.Column<int>(type: "INTEGER", nullable: true),
                    round = table.Column<string>(type: "TEXT", nullable: false),
                    made = table.Column<long>(type: "INTEGER", nullable: false),
                    refused = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_booking_series", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "calendar_link",
                columns: table => new
                {
                    agent_id = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    made = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calendar_link", x => x.agent_id);
                });

            migrationBuilder.CreateTable(
                name: "group_invitation",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    group_id = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created = table.Column<long>(type: "INTEGER", nullable: false),
                    expires = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_group_invitation", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "group_member",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    group_id = table.Column<int>(type: "INTEGER", nullable: false),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    joined = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_group_member", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invoice",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    seller = table.Column<string>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    credits_id = table.Column<int>(type: "INTEGER", nullable: true),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: true),
                    organisation = table.Column<string>(type: "TEXT", nullable: false),
                    buyer = table.Column<string>(type: "TEXT", nullable: false),
                    seller_details = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    dated = table.Column<int>(type: "INTEGER", nullable: false),
                    due = table.Column<int>(type: "INTEGER", nullable: false),
                    reference = table.Column<string>(type: "TEXT", nullable: false),
                    paid = table.Column<int>(type: "INTEGER", nullable: true),
                    made = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invoice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invoice_line",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    invoice_id = table.Column<int>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<int>(type: "INTEGER", nullable: false),
                    gross = table.Column<int>(type: "INTEGER", nullable: false),
                    vat = table.Column<int>(type: "INTEGER", nullable: false),
                    rate = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_invoice_line", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "loan",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    item = table.Column<string>(type: "TEXT", nullable: false),
                    site = table.Column<string>(type: "TEXT", nullable: false),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    first = table.Column<int>(type: "INTEGER", nullable: false),
                    due = table.Column<int>(type: "INTEGER", nullable: false),
                    latest = table.Column<int>(type: "INTEGER", nullable: false),
                    days = table.Column<int>(type: "INTEGER", nullable: false),
                    held_until = table.Column<long>(type: "INTEGER", nullable: true),
                    extended = table.Column<int>(type: "INTEGER", nullable: false),
                    out_at = table.Column<long>(type: "INTEGER", nullable: true),
                    back_at = table.Column<long>(type: "INTEGER", nullable: true),
                    delivered = table.Column<bool>(type: "INTEGER", nullable: false),
                    off_hire = table.Column<int>(type: "INTEGER", nullable: true),
                    gross = table.Column<int>(type: "INTEGER", nullable: false),
                    vat = table.Column<int>(type: "INTEGER", nullable: false),
                    deposit = table.Column<int>(type: "INTEGER", nullable: false),
                    deposit_held = table.Column<bool>(type: "INTEGER", nullable: false),
                    hours = table.Column<long>(type: "INTEGER", nullable: false),
                    carbon = table.Column<long>(type: "INTEGER", nullable: false),
                    condition_out = table.Column<int>(type: "INTEGER", nullable: false),
                    condition_back = table.Column<int>(type: "INTEGER", nullable: false),
                    missing = table.Column<string>(type: "TEXT", nullable: false),
                    consumed = table.Column<string>(type: "TEXT", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    made = table.Column<long>(type: "INTEGER", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_loan", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people_group",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    created = table.Column<long>(type: "INTEGER", nullable: false),
                    ended = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people_group", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "premises",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    place = table.Column<string>(type: "TEXT", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    permits = table.Column<string>(type: "TEXT", nullable: false),
                    first_day = table.Column<int>(type: "INTEGER", nullable: true),
                    last_day = table.Column<int>(type: "INTEGER", nullable: true),
                    withdrawn = table.Column<bool>(type: "INTEGER", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_premises", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "premises_application",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    call_id = table.Column<int>(type: "INTEGER", nullable: false),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: true),
                    organisation = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    plan = table.Column<string>(type: "TEXT", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    first_day = table.Column<int>(type: "INTEGER", nullable: false),
                    last_day = table.Column<int>(type: "INTEGER", nullable: false),
                    sharing = table.Column<string>(type: "TEXT", nullable: false),
                    answers = table.Column<string>(type: "TEXT", nullable: false),
                    show_name = table.Column<bool>(type: "INTEGER", nullable: false),
                    sent = table.Column<long>(type: "INTEGER", nullable: true),
                    changed = table.Column<long>(type: "INTEGER", nullable: false),
                    scores = table.Column<string>(type: "TEXT", nullable: false),
                    choose = table.Column<bool>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    public_reason = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_premises_application", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "premises_call",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    premises = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    opens = table.Column<long>(type: "INTEGER", nullable: false),
                    closes = table.Column<long>(type: "INTEGER", nullable: false),
                    first_day = table.Column<int>(type: "INTEGER", nullable: false),
                    last_day = table.Column<int>(type: "INTEGER", nullable: false),
                    rent = table.Column<int>(type: "INTEGER", nullable: false),
                    vat = table.Column<int>(type: "INTEGER", nullable: false),
                    upkeep = table.Column<int>(type: "INTEGER", nullable: false),
                    opening = table.Column<int>(type: "INTEGER", nullable: false),
                    sharing = table.Column<int>(type: "INTEGER", nullable: false),
                    criteria = table.Column<string>(type: "TEXT", nullable: false),
                    decided = table.Column<long>(type: "INTEGER", nullable: true),
                    cancelled = table.Column<long>(type: "INTEGER", nullable: true),
                    changed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_premises_call", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "round_application",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    round = table.Column<string>(type: "TEXT", nullable: false),
                    group_id = table.Column<int>(type: "INTEGER", nullable: false),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    wishes = table.Column<string>(type: "TEXT", nullable: false),
                    made = table.Column<long>(type: "INTEGER", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false),
                    sent = table.Column<long>(type: "INTEGER", nullable: true),
                    cancelled = table.Column<long>(type: "INTEGER", nullable: true),
                    wished = table.Column<int>(type: "INTEGER", nullable: false),
                    granted = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_round_application", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tenancy",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    application_id = table.Column<int>(type: "INTEGER", nullable: false),
                    premises = table.Column<string>(type: "TEXT", nullable: false),
                    owner = table.Column<string>(type: "TEXT", nullable: false),
                    tenant = table.Column<string>(type: "TEXT", nullable: false),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    area = table.Column<long>(type: "INTEGER", nullable: false),
                    first_day = table.Column<int>(type: "INTEGER", nullable: false),
                    last_day = table.Column<int>(type: "INTEGER", nullable: false),
                    rent = table.Column<int>(type: "INTEGER", nullable: false),
                    vat = table.Column<int>(type: "INTEGER", nullable: false),
                    use = table.Column<int>(type: "INTEGER", nullable: false),
                    upkeep = table.Column<int>(type: "INTEGER", nullable: false),
                    opening = table.Column<int>(type: "INTEGER", nullable: false),
                    sharing = table.Column<int>(type: "INTEGER", nullable: false),
                    terms = table.Column<string>(type: "TEXT", nullable: false),
                    notice_days = table.Column<int>(type: "INTEGER", nullable: false),
                    offered = table.Column<long>(type: "INTEGER", nullable: true),
                    accepted = table.Column<long>(type: "INTEGER", nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", nullable: false),
                    ended_by = table.Column<string>(type: "TEXT", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false),
                    unrecorded = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tenancy", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "thing_hours",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    item = table.Column<string>(type: "TEXT", nullable: false),
                    day = table.Column<int>(type: "INTEGER", nullable: false),
                    hours = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thing_hours", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "thing_item",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    item = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    repaired_by = table.Column<int>(type: "INTEGER", nullable: true),
                    serviced = table.Column<int>(type: "INTEGER", nullable: true),
                    serviced_hours = table.Column<long>(type: "INTEGER", nullable: false),
                    seen = table.Column<long>(type: "INTEGER", nullable: true),
                    recorded = table.Column<bool>(type: "INTEGER", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_thing_item", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "thing_waiver",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: false),
                    waiver = table.Column<string>(type: "TEXT", nullable: false),
                    digest = table.Column<string>(type: "TEXT", nullable: false),
                    signed_at = table.Column<long>(type: "INTEGER", nullable: false)
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
