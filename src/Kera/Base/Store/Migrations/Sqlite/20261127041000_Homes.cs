using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteKeraDb))]
    [Migration("20261127041000_Homes")]
    public partial class Homes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "details",
                table: "request",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "home",
                columns: table => new
                {
                    agent_id = table.Column<int>(type: "INTEGER", nullable: false),
                    place_id = table.Column<int>(type: "INTEGER", nullable: false),
                    door = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: true),
                    size = table.Column<int>(type: "INTEGER", nullable: true),
                    changed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_home", x => x.agent_id);
                });

            migrationBuilder.CreateTable(
                name: "home_band",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    month = table.Column<int>(type: "INTEGER", nullable: false),
                    measure = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    size = table.Column<int>(type: "INTEGER", nullable: false),
                    low = table.Column<long>(type: "INTEGER", nullable: false),
                    middle = table.Column<long>(type: "INTEGER", nullable: false),
                    high = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_home_band", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_home_kind_size",
                table: "home",
                columns: new[] { "kind", "size" });

            migrationBuilder.CreateIndex(
                name: "IX_home_band_month_measure_kind_size",
                table: "home_band",
                columns: new[] { "month", "measure", "kind", "size" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "home");

            migrationBuilder.DropTable(
                name: "home_band");

            migrationBuilder.DropColumn(
                name: "details",
                table: "request");
        }
    }
}
