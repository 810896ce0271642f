using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kera.Base.Store.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresKeraDb))]
    [Migration("20261127032005_EnergyOffers")]
    public partial class EnergyOffers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "energy_offer",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    flexibility = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    from = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    power = table.Column<double>(type: "double precision", nullable: false),
                    energy = table.Column<double>(type: "double precision", nullable: false),
                    hours = table.Column<int>(type: "integer", nullable: false),
                    interruptible = table.Column<bool>(type: "boolean", nullable: false),
                    loss_percent = table.Column<double>(type: "double precision", nullable: false),
                    changed = table.Column<long>(type: "bigint", nullable: false),
                    schedule = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_energy_offer", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_energy_offer_flexibility_key",
                table: "energy_offer",
                columns: new[] { "flexibility", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_energy_offer_until",
                table: "energy_offer",
                column: "until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "energy_offer");
        }
    }
}
