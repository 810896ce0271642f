using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteKeraDb))]
    [Migration("20261127032001_EnergyOffers")]
    public partial class EnergyOffers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "energy_offer",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    flexibility = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false),
                    power = table.Column<double>(type: "REAL", nullable: false),
                    energy = table.Column<double>(type: "REAL", nullable: false),
                    hours = table.Column<int>(type: "INTEGER", nullable: false),
                    interruptible = table.Column<bool>(type: "INTEGER", nullable: false),
                    loss_percent = table.Column<double>(type: "REAL", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false),
                    schedule = table.Column<string>(type: "TEXT", nullable: false)
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
