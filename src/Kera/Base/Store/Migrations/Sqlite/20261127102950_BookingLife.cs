using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BookingLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "calendar",
                table: "outbox_message",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "code",
                table: "booking",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "displaced_by",
                table: "booking",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "handled",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "lines",
                table: "booking",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "no_show",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "reason",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "refund",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "reminded",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "sequence",
                table: "booking",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "calendar_link",
                columns: table => new
                {
                    agent_id = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    made = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calendar_link", x => x.agent_id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_booking_begin",
                table: "booking",
                column: "begin");

            migrationBuilder.CreateIndex(
                name: "IX_booking_displaced_by",
                table: "booking",
                column: "displaced_by",
                filter: "displaced_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_calendar_link_hash",
                table: "calendar_link",
                column: "hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "calendar_link");

            migrationBuilder.DropIndex(
                name: "IX_booking_begin",
                table: "booking");

            migrationBuilder.DropIndex(
                name: "IX_booking_displaced_by",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "calendar",
                table: "outbox_message");

            migrationBuilder.DropColumn(
                name: "code",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "displaced_by",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "handled",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "lines",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "no_show",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "refund",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "reminded",
                table: "booking");

            migrationBuilder.DropColumn(
                name: "sequence",
                table: "booking");
        }
    }
}
