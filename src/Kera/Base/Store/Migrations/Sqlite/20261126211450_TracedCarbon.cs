using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteKeraDb))]
    [Migration("20261126211450_TracedCarbon")]
    public partial class TracedCarbon : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "carbon_due",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_carbon_due", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "carbon_former",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    span = table.Column<int>(type: "INTEGER", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    factors = table.Column<long>(type: "INTEGER", nullable: false),
                    computed = table.Column<long>(type: "INTEGER", nullable: false),
                    used = table.Column<double>(type: "REAL", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    replaced = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_carbon_former", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "carbon_period",
                columns: table => new
                {
                    span = table.Column<int>(type: "INTEGER", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    factors = table.Column<long>(type: "INTEGER", nullable: false),
                    computed = table.Column<long>(type: "INTEGER", nullable: false),
                    used = table.Column<double>(type: "REAL", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_carbon_period", x => new { x.span, x.start });
                });

            migrationBuilder.CreateTable(
                name: "carbon_state",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    factors = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_carbon_state", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_carbon_former_span_start",
                table: "carbon_former",
                columns: new[] { "span", "start" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "carbon_due");

            migrationBuilder.DropTable(
                name: "carbon_former");

            migrationBuilder.DropTable(
                name: "carbon_period");

            migrationBuilder.DropTable(
                name: "carbon_state");
        }
    }
}
