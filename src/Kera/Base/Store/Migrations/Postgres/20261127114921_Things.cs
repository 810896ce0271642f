using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kera.Base.Store.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Things : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "loan");

            migrationBuilder.DropTable(
                name: "thing_hours");

            migrationBuilder.DropTable(
                name: "thing_item");

            migrationBuilder.DropTable(
                name: "thing_waiver");
        }
    }
}
