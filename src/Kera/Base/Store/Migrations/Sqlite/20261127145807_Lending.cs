using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteKeraDb))]
    [Migration("20261127145807_Lending")]
    public partial class Lending : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "inspected",
                table: "thing_item",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "inspected_hours",
                table: "thing_item",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "deposit_kept",
                table: "loan",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "deposit_taken",
                table: "loan",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "vat_rate",
                table: "loan",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "loan_photo",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    loan_id = table.Column<int>(type: "INTEGER", nullable: false),
                    taken = table.Column<long>(type: "INTEGER", nullable: false),
                    jpeg = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_loan_photo", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "site_limit",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    site = table.Column<string>(type: "TEXT", nullable: false),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: true),
                    cents = table.Column<int>(type: "INTEGER", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_site_limit", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_loan_photo_key",
                table: "loan_photo",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_loan_photo_loan_id",
                table: "loan_photo",
                column: "loan_id");

            migrationBuilder.CreateIndex(
                name: "IX_site_limit_site_agent_id",
                table: "site_limit",
                columns: new[] { "site", "agent_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "loan_photo");

            migrationBuilder.DropTable(
                name: "site_limit");

            migrationBuilder.DropColumn(
                name: "inspected",
                table: "thing_item");

            migrationBuilder.DropColumn(
                name: "inspected_hours",
                table: "thing_item");

            migrationBuilder.DropColumn(
                name: "deposit_kept",
                table: "loan");

            migrationBuilder.DropColumn(
                name: "deposit_taken",
                table: "loan");

            migrationBuilder.DropColumn(
                name: "vat_rate",
                table: "loan");
        }
    }
}
