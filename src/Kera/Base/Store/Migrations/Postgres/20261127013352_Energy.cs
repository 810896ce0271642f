using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kera.Base.Store.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresKeraDb))]
    [Migration("20261127013352_Energy")]
    public partial class Energy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "energy_mode",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    plant = table.Column<string>(type: "text", nullable: false),
                    mode = table.Column<int>(type: "integer", nullable: false),
                    changed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_energy_mode", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "energy_plan",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    made = table.Column<long>(type: "bigint", nullable: false),
                    first = table.Column<long>(type: "bigint", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_energy_plan", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "energy_setpoint",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    plant = table.Column<string>(type: "text", nullable: false),
                    hour = table.Column<long>(type: "bigint", nullable: false),
                    kilowatts = table.Column<double>(type: "double precision", nullable: false),
                    cause = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    made = table.Column<long>(type: "bigint", nullable: false),
                    approved = table.Column<long>(type: "bigint", nullable: true)
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
