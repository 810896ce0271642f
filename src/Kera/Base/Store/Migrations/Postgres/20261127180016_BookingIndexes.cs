using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresKeraDb))]
    [Migration("20261127180016_BookingIndexes")]
    public partial class BookingIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_booking_begin",
                table: "booking");

            migrationBuilder.DropIndex(
                name: "IX_booking_end",
                table: "booking");

            migrationBuilder.DropIndex(
                name: "IX_booking_space_end",
                table: "booking");

            migrationBuilder.CreateIndex(
                name: "IX_booking_begin",
                table: "booking",
                column: "begin",
                filter: "NOT reminded");

            migrationBuilder.CreateIndex(
                name: "IX_booking_end_begin",
                table: "booking",
                columns: new[] { "end", "begin" },
                filter: "equipment <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_booking_space_end_begin",
                table: "booking",
                columns: new[] { "space", "end", "begin" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_booking_begin",
                table: "booking");

            migrationBuilder.DropIndex(
                name: "IX_booking_end_begin",
                table: "booking");

            migrationBuilder.DropIndex(
                name: "IX_booking_space_end_begin",
                table: "booking");

            migrationBuilder.CreateIndex(
                name: "IX_booking_begin",
                table: "booking",
                column: "begin");

            migrationBuilder.CreateIndex(
                name: "IX_booking_end",
                table: "booking",
                column: "end",
                filter: "equipment <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_booking_space_end",
                table: "booking",
                columns: new[] { "space", "end" });
        }
    }
}
