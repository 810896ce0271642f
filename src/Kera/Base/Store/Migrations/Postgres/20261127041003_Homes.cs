using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kera.Base.Store.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresKeraDb))]
    [Migration("20261127041003_Homes")]
    public partial class Homes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "details",
                table: "request",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "home",
                columns: table => new
                {
                    agent_id = table.Column<int>(type: "integer", nullable: false),
                    place_id = table.Column<int>(type: "integer", nullable: false),
                    door = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: true),
                    size = table.Column<int>(type: "integer", nullable: true),
                    changed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_home", x => x.agent_id);
                });

            migrationBuilder.CreateTable(
                name: "home_band",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    month = table.Column<int>(type: "integer", nullable: false),
                    measure = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    size = table.Column<int>(type: "integer", nullable: false),
                    low = table.Column<long>(type: "bigint", nullable: false),
                    middle = table.Column<long>(type: "bigint", nullable: false),
                    high = table.Column<long>(type: "bigint", nullable: false)
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
