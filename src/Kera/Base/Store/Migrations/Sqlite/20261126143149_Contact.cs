using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteKeraDb))]
    [Migration("20261126143149_Contact")]
    public partial class Contact : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "sought",
                table: "account",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            // Letters beyond ASCII are folded by the program from the next change of the account on.
            migrationBuilder.Sql("UPDATE account SET sought = coalesce(upper((SELECT name FROM person WHERE person.agent_id = account.agent_id) || char(10) || user_name || char(10) || coalesce(email, '')), '')");

            migrationBuilder.CreateTable(
                name: "notice",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    values = table.Column<string>(type: "TEXT", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    once = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "partner_profile",
                columns: table => new
                {
                    agent_id = table.Column<int>(type: "INTEGER", nullable: false),
                    text_fi = table.Column<string>(type: "TEXT", nullable: false),
                    text_sv = table.Column<string>(type: "TEXT", nullable: false),
                    text_en = table.Column<string>(type: "TEXT", nullable: false),
                    website = table.Column<string>(type: "TEXT", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partner_profile", x => x.agent_id);
                });

            migrationBuilder.CreateTable(
                name: "partner_service",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: false),
                    name_fi = table.Column<string>(type: "TEXT", nullable: false),
                    name_sv = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    text_fi = table.Column<string>(type: "TEXT", nullable: false),
                    text_sv = table.Column<string>(type: "TEXT", nullable: false),
                    text_en = table.Column<string>(type: "TEXT", nullable: false),
                    website = table.Column<string>(type: "TEXT", nullable: false),
                    changed = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partner_service", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "request",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: true),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: false),
                    page = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    created = table.Column<long>(type: "INTEGER", nullable: false),
                    due = table.Column<long>(type: "INTEGER", nullable: false),
                    holder = table.Column<string>(type: "TEXT", nullable: false),
                    taken_by_id = table.Column<int>(type: "INTEGER", nullable: true),
                    answered = table.Column<long>(type: "INTEGER", nullable: true),
                    answer = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_request", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "request_step",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    request_id = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false),
                    holder = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_request_step", x => x.id);
                    table.ForeignKey(
                        name: "FK_request_step_request_request_id",
                        column: x => x.request_id,
                        principalTable: "request",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_notice_agent_id_id",
                table: "notice",
                columns: new[] { "agent_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_notice_agent_id_once",
                table: "notice",
                columns: new[] { "agent_id", "once" },
                unique: true,
                filter: "once IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_partner_service_agent_id",
                table: "partner_service",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "IX_request_agent_id",
                table: "request",
                column: "agent_id",
                filter: "agent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_request_due",
                table: "request",
                column: "due",
                filter: "answered IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_request_hash",
                table: "request",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_request_step_request_id",
                table: "request_step",
                column: "request_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notice");

            migrationBuilder.DropTable(
                name: "partner_profile");

            migrationBuilder.DropTable(
                name: "partner_service");

            migrationBuilder.DropTable(
                name: "request_step");

            migrationBuilder.DropTable(
                name: "request");

            migrationBuilder.DropColumn(
                name: "sought",
                table: "account");
        }
    }
}
