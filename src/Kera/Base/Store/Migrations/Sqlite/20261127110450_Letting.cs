using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Letting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.AddColumn<string>(
                name: "prices",
                table: "booking",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "invoice");

            migrationBuilder.DropTable(
                name: "invoice_line");

            migrationBuilder.DropColumn(
                name: "prices",
                table: "booking");

            migrationBuilder.DropTable(
                name: "premises");

            migrationBuilder.DropTable(
                name: "premises_application");

            migrationBuilder.DropTable(
                name: "premises_call");

            migrationBuilder.DropTable(
                name: "tenancy");
        }
    }
}
