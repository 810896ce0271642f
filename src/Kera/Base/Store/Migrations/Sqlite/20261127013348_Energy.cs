using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteKeraDb))]
    [Migration("20261127013348_Energy")]
    public partial class Energy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "energy_mode",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    plant = table.Column<string>(type: "TEXT", nullable: false),
                    mode = table.Column<int>(type: "INTEGER", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_energy_mode", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "energy_plan",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    made = table.Column<long>(type: "INTEGER", nullable: false),
                    first = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_energy_plan", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "energy_setpoint",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    plant = table.Column<string>(type: "TEXT", nullable: false),
                    hour = table.Column<long>(type: "INTEGER", nullable: false),
                    kilowatts = table.Column<double>(type: "REAL", nullable: false),
                    cause = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    made = table.Column<long>(type: "INTEGER", nullable: false),
                    approved = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_energy_setpoint", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_energy_mode_plant",
                table: "energy_mode",
                column: "plant",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_energy_plan_first",
                table: "energy_plan",
                column: "first");

            migrationBuilder.CreateIndex(
                name: "IX_energy_setpoint_plant_hour",
                table: "energy_setpoint",
                columns: new[] { "plant", "hour" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "energy_mode");

            migrationBuilder.DropTable(
                name: "energy_plan");

            migrationBuilder.DropTable(
                name: "energy_setpoint");
        }
    }
}
