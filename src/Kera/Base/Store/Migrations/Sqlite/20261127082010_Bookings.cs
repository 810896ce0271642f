using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteKeraDb))]
    [Migration("20261127082010_Bookings")]
    public partial class Bookings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "booking",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    space = table.Column<string>(type: "TEXT", nullable: false),
                    begin = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    buffer_before = table.Column<long>(type: "INTEGER", nullable: false),
                    buffer_after = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    held_until = table.Column<long>(type: "INTEGER", nullable: true),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: true),
                    people = table.Column<int>(type: "INTEGER", nullable: false),
                    equipment = table.Column<string>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    free_reason = table.Column<string>(type: "TEXT", nullable: false),
                    gross = table.Column<int>(type: "INTEGER", nullable: false),
                    vat = table.Column<int>(type: "INTEGER", nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: false),
                    made = table.Column<long>(type: "INTEGER", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false),
                    recorded = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_booking", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_booking_agent_id",
                table: "booking",
                column: "agent_id",
                filter: "agent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_booking_key",
                table: "booking",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_booking_recorded_end",
                table: "booking",
                columns: new[] { "recorded", "end" });

            migrationBuilder.CreateIndex(
                name: "IX_booking_space_end",
                table: "booking",
                columns: new[] { "space", "end" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "booking");
        }
    }
}
