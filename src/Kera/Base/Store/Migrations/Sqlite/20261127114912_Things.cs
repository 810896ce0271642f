using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
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
