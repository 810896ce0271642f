using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Kera.Base.Store.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresKeraDb))]
    [Migration("20261126143152_Contact")]
    public partial class Contact : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "sought",
                table: "account",
                type: "text",
                nullable: false,
                defaultValue: "");

            // Letters beyond ASCII are folded by the program from the next change of the account on.
            migrationBuilder.Sql("UPDATE account SET sought = coalesce(upper((SELECT name FROM person WHERE person.agent_id = account.agent_id) || chr(10) || user_name || chr(10) || coalesce(email, '')), '')");

            migrationBuilder.CreateTable(
                name: "notice",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    agent_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    values = table.Column<string>(type: "text", nullable: false),
                    path = table.Column<string>(type: "text", nullable: false),
                    once = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    seen = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "partner_profile",
                columns: table => new
                {
                    agent_id = table.Column<int>(type: "integer", nullable: false),
                    text_fi = table.Column<string>(type: "text", nullable: false),
                    text_sv = table.Column<string>(type: "text", nullable: false),
                    text_en = table.Column<string>(type: "text", nullable: false),
                    website = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    changed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partner_profile", x => x.agent_id);
                });

            migrationBuilder.CreateTable(
                name: "partner_service",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    agent_id = table.Column<int>(type: "integer", nullable: false),
                    name_fi = table.Column<string>(type: "text", nullable: false),
                    name_sv = table.Column<string>(type: "text", nullable: false),
                    name_en = table.Column<string>(type: "text", nullable: false),
                    text_fi = table.Column<string>(type: "text", nullable: false),
                    text_sv = table.Column<string>(type: "text", nullable: false),
                    text_en = table.Column<string>(type: "text", nullable: false),
                    website = table.Column<string>(type: "text", nullable: false),
                    changed = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_partner_service", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "request",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    agent_id = table.Column<int>(type: "integer", nullable: true),
                    email = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    page = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    created = table.Column<long>(type: "bigint", nullable: false),
                    due = table.Column<long>(type: "bigint", nullable: false),
                    holder = table.Column<string>(type: "text", nullable: false),
                    taken_by_id = table.Column<int>(type: "integer", nullable: true),
                    answered = table.Column<long>(type: "bigint", nullable: true),
                    answer = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_request", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "request_step",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    request_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    step = table.Column<int>(type: "integer", nullable: false),
                    holder = table.Column<string>(type: "text", nullable: false)
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
