using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kera.Base.Store.Migrations.Postgres
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
                type: "text",
                nullable: false,
                defaultValue: "");

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
