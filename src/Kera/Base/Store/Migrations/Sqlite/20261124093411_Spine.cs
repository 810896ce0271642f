using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Kera.Base.Store.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteKeraDb))]
    [Migration("20261124093411_Spine")]
    public partial class Spine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "agent",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    outside = table.Column<bool>(type: "INTEGER", nullable: false),
                    role_fi = table.Column<string>(type: "TEXT", nullable: false),
                    role_sv = table.Column<string>(type: "TEXT", nullable: false),
                    role_en = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name_fi = table.Column<string>(type: "TEXT", nullable: false),
                    name_sv = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    fictional = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agent", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "agreement",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    audience_id = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name_fi = table.Column<string>(type: "TEXT", nullable: false),
                    name_sv = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    fictional = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agreement", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audience",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audience", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    actor = table.Column<string>(type: "TEXT", nullable: false),
                    via = table.Column<string>(type: "TEXT", nullable: false),
                    operation = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    first_position = table.Column<long>(type: "INTEGER", nullable: true),
                    last_position = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "balance",
                columns: table => new
                {
                    resource_id = table.Column<int>(type: "INTEGER", nullable: false),
                    accounting = table.Column<long>(type: "INTEGER", nullable: false),
                    onhand = table.Column<long>(type: "INTEGER", nullable: false),
                    last_effect_time = table.Column<long>(type: "INTEGER", nullable: false),
                    accountable_id = table.Column<int>(type: "INTEGER", nullable: true),
                    custodian_id = table.Column<int>(type: "INTEGER", nullable: true),
                    location_id = table.Column<int>(type: "INTEGER", nullable: true),
                    container_id = table.Column<int>(type: "INTEGER", nullable: true),
                    stage_id = table.Column<int>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: true),
                    in_process_by = table.Column<int>(type: "INTEGER", nullable: true),
                    in_process_of_id = table.Column<int>(type: "INTEGER", nullable: true),
                    in_process = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_balance", x => x.resource_id);
                });

            migrationBuilder.CreateTable(
                name: "chain_head",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chain_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "commitment",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    action_id = table.Column<int>(type: "INTEGER", nullable: false),
                    provider_id = table.Column<int>(type: "INTEGER", nullable: false),
                    receiver_id = table.Column<int>(type: "INTEGER", nullable: false),
                    specification_id = table.Column<int>(type: "INTEGER", nullable: false),
                    resource_id = table.Column<int>(type: "INTEGER", nullable: true),
                    quantity = table.Column<long>(type: "INTEGER", nullable: true),
                    effort = table.Column<long>(type: "INTEGER", nullable: true),
                    due = table.Column<long>(type: "INTEGER", nullable: true),
                    agreement_id = table.Column<int>(type: "INTEGER", nullable: true),
                    reciprocal = table.Column<bool>(type: "INTEGER", nullable: false),
                    finished = table.Column<bool>(type: "INTEGER", nullable: false),
                    fulfilled = table.Column<long>(type: "INTEGER", nullable: false),
                    audience_id = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name_fi = table.Column<string>(type: "TEXT", nullable: false),
                    name_sv = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    fictional = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_commitment", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "declared_flow",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    action_id = table.Column<int>(type: "INTEGER", nullable: true),
                    provider_id = table.Column<int>(type: "INTEGER", nullable: true),
                    receiver_id = table.Column<int>(type: "INTEGER", nullable: true),
                    resource_id = table.Column<int>(type: "INTEGER", nullable: true),
                    to_resource_id = table.Column<int>(type: "INTEGER", nullable: true),
                    specification_id = table.Column<int>(type: "INTEGER", nullable: true),
                    process_id = table.Column<int>(type: "INTEGER", nullable: true),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    place_id = table.Column<int>(type: "INTEGER", nullable: true),
                    audience_id = table.Column<int>(type: "INTEGER", nullable: true),
                    owner_id = table.Column<int>(type: "INTEGER", nullable: true),
                    target = table.Column<string>(type: "TEXT", nullable: false),
                    quality = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name_fi = table.Column<string>(type: "TEXT", nullable: false),
                    name_sv = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    fictional = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_declared_flow", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "district",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    zone = table.Column<string>(type: "TEXT", nullable: false),
                    demonstration = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_district", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "event",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    idempotency_key = table.Column<string>(type: "TEXT", nullable: true),
                    flow_id = table.Column<int>(type: "INTEGER", nullable: false),
                    resource_id = table.Column<int>(type: "INTEGER", nullable: true),
                    to_resource_id = table.Column<int>(type: "INTEGER", nullable: true),
                    batch_input_of_id = table.Column<int>(type: "INTEGER", nullable: true),
                    batch_output_of_id = table.Column<int>(type: "INTEGER", nullable: true),
                    effect_time = table.Column<long>(type: "INTEGER", nullable: false),
                    is_point = table.Column<bool>(type: "INTEGER", nullable: false),
                    end_time = table.Column<long>(type: "INTEGER", nullable: true),
                    quantity = table.Column<long>(type: "INTEGER", nullable: true),
                    effort = table.Column<long>(type: "INTEGER", nullable: true),
                    to_location_id = table.Column<int>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: true),
                    agreement_id = table.Column<int>(type: "INTEGER", nullable: true),
                    corrects = table.Column<long>(type: "INTEGER", nullable: true),
                    has_reason = table.Column<bool>(type: "INTEGER", nullable: false),
                    text_digest = table.Column<byte[]>(type: "BLOB", nullable: true),
                    created = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_event", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "event_text",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    salt = table.Column<byte[]>(type: "BLOB", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_event_text", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "flow",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    dimensions = table.Column<string>(type: "TEXT", nullable: false),
                    action_id = table.Column<int>(type: "INTEGER", nullable: false),
                    provider_id = table.Column<int>(type: "INTEGER", nullable: false),
                    receiver_id = table.Column<int>(type: "INTEGER", nullable: false),
                    input_of_id = table.Column<int>(type: "INTEGER", nullable: true),
                    output_of_id = table.Column<int>(type: "INTEGER", nullable: true),
                    resource_id = table.Column<int>(type: "INTEGER", nullable: true),
                    to_resource_id = table.Column<int>(type: "INTEGER", nullable: true),
                    specification_id = table.Column<int>(type: "INTEGER", nullable: false),
                    audience_id = table.Column<int>(type: "INTEGER", nullable: false),
                    declared_id = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_flow", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "flow_day",
                columns: table => new
                {
                    flow_id = table.Column<int>(type: "INTEGER", nullable: false),
                    day = table.Column<int>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    effort = table.Column<long>(type: "INTEGER", nullable: false),
                    events = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_flow_day", x => new { x.flow_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "flow_month",
                columns: table => new
                {
                    flow_id = table.Column<int>(type: "INTEGER", nullable: false),
                    month = table.Column<int>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    effort = table.Column<long>(type: "INTEGER", nullable: false),
                    events = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_flow_month", x => new { x.flow_id, x.month });
                });

            migrationBuilder.CreateTable(
                name: "fulfilment",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    commitment_id = table.Column<int>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_fulfilment", x => new { x.position, x.commitment_id });
                });

            migrationBuilder.CreateTable(
                name: "person",
                columns: table => new
                {
                    agent_id = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    created = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person", x => x.agent_id);
                });

            migrationBuilder.CreateTable(
                name: "place",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    part_of_id = table.Column<int>(type: "INTEGER", nullable: true),
                    geometry = table.Column<string>(type: "TEXT", nullable: true),
                    schematic = table.Column<bool>(type: "INTEGER", nullable: false),
                    phases = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name_fi = table.Column<string>(type: "TEXT", nullable: false),
                    name_sv = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    fictional = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_place", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "process",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    based_on_id = table.Column<int>(type: "INTEGER", nullable: true),
                    continuous = table.Column<bool>(type: "INTEGER", nullable: false),
                    place_id = table.Column<int>(type: "INTEGER", nullable: true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name_fi = table.Column<string>(type: "TEXT", nullable: false),
                    name_sv = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    fictional = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_process", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "process_specification",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name_fi = table.Column<string>(type: "TEXT", nullable: false),
                    name_sv = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    fictional = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_process_specification", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "promise_entry",
                columns: table => new
                {
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    subject_key = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_promise_entry", x => x.position);
                });

            migrationBuilder.CreateTable(
                name: "resource",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    specification_id = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    lot = table.Column<string>(type: "TEXT", nullable: true),
                    place_id = table.Column<int>(type: "INTEGER", nullable: true),
                    note_fi = table.Column<string>(type: "TEXT", nullable: false),
                    note_sv = table.Column<string>(type: "TEXT", nullable: false),
                    note_en = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name_fi = table.Column<string>(type: "TEXT", nullable: false),
                    name_sv = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    fictional = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_resource", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "resource_version",
                columns: table => new
                {
                    resource_id = table.Column<int>(type: "INTEGER", nullable: false),
                    effect_time = table.Column<long>(type: "INTEGER", nullable: false),
                    position = table.Column<long>(type: "INTEGER", nullable: false),
                    accountable_id = table.Column<int>(type: "INTEGER", nullable: true),
                    custodian_id = table.Column<int>(type: "INTEGER", nullable: true),
                    location_id = table.Column<int>(type: "INTEGER", nullable: true),
                    container_id = table.Column<int>(type: "INTEGER", nullable: true),
                    stage_id = table.Column<int>(type: "INTEGER", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: true),
                    in_process_by = table.Column<int>(type: "INTEGER", nullable: true),
                    in_process_of_id = table.Column<int>(type: "INTEGER", nullable: true),
                    in_process = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_resource_version", x => new { x.resource_id, x.effect_time, x.position });
                });

            migrationBuilder.CreateTable(
                name: "series",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    feature = table.Column<string>(type: "TEXT", nullable: false),
                    owner_id = table.Column<int>(type: "INTEGER", nullable: true),
                    audience_id = table.Column<int>(type: "INTEGER", nullable: false),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    step = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_series", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "series_value",
                columns: table => new
                {
                    series_id = table.Column<int>(type: "INTEGER", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    value = table.Column<long>(type: "INTEGER", nullable: false),
                    quality = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_series_value", x => new { x.series_id, x.start });
                });

            migrationBuilder.CreateTable(
                name: "specification",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    unit = table.Column<string>(type: "TEXT", nullable: false),
                    effort_unit = table.Column<string>(type: "TEXT", nullable: true),
                    classification = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    name_fi = table.Column<string>(type: "TEXT", nullable: false),
                    name_sv = table.Column<string>(type: "TEXT", nullable: false),
                    name_en = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<int>(type: "INTEGER", nullable: false),
                    retired = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    fictional = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_specification", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "token",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    agent_id = table.Column<int>(type: "INTEGER", nullable: false),
                    scopes = table.Column<string>(type: "TEXT", nullable: false),
                    created = table.Column<long>(type: "INTEGER", nullable: false),
                    expires = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_token", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_agent_key",
                table: "agent",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_agreement_key",
                table: "agreement",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_audience_key",
                table: "audience",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_commitment_key",
                table: "commitment",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_declared_flow_key",
                table: "declared_flow",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_event_batch_input_of_id",
                table: "event",
                column: "batch_input_of_id",
                filter: "batch_input_of_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_event_batch_output_of_id",
                table: "event",
                column: "batch_output_of_id",
                filter: "batch_output_of_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_event_corrects",
                table: "event",
                column: "corrects",
                filter: "corrects IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_event_effect_time",
                table: "event",
                column: "effect_time");

            migrationBuilder.CreateIndex(
                name: "IX_event_idempotency_key",
                table: "event",
                column: "idempotency_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_event_resource_id_position",
                table: "event",
                columns: new[] { "resource_id", "position" });

            migrationBuilder.CreateIndex(
                name: "IX_event_to_resource_id_position",
                table: "event",
                columns: new[] { "to_resource_id", "position" },
                filter: "to_resource_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_flow_dimensions",
                table: "flow",
                column: "dimensions",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_flow_resource_id",
                table: "flow",
                column: "resource_id");

            migrationBuilder.CreateIndex(
                name: "IX_flow_to_resource_id",
                table: "flow",
                column: "to_resource_id");

            migrationBuilder.CreateIndex(
                name: "IX_flow_day_day",
                table: "flow_day",
                column: "day");

            migrationBuilder.CreateIndex(
                name: "IX_fulfilment_commitment_id",
                table: "fulfilment",
                column: "commitment_id");

            migrationBuilder.CreateIndex(
                name: "IX_place_key",
                table: "place",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_process_key",
                table: "process",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_process_specification_key",
                table: "process_specification",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_resource_key",
                table: "resource",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_series_key",
                table: "series",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_specification_key",
                table: "specification",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_token_hash",
                table: "token",
                column: "hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agent");

            migrationBuilder.DropTable(
                name: "agreement");

            migrationBuilder.DropTable(
                name: "audience");

            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "balance");

            migrationBuilder.DropTable(
                name: "chain_head");

            migrationBuilder.DropTable(
                name: "commitment");

            migrationBuilder.DropTable(
                name: "declared_flow");

            migrationBuilder.DropTable(
                name: "district");

            migrationBuilder.DropTable(
                name: "event");

            migrationBuilder.DropTable(
                name: "event_text");

            migrationBuilder.DropTable(
                name: "flow");

            migrationBuilder.DropTable(
                name: "flow_day");

            migrationBuilder.DropTable(
                name: "flow_month");

            migrationBuilder.DropTable(
                name: "fulfilment");

            migrationBuilder.DropTable(
                name: "person");

            migrationBuilder.DropTable(
                name: "place");

            migrationBuilder.DropTable(
                name: "process");

            migrationBuilder.DropTable(
                name: "process_specification");

            migrationBuilder.DropTable(
                name: "promise_entry");

            migrationBuilder.DropTable(
                name: "resource");

            migrationBuilder.DropTable(
                name: "resource_version");

            migrationBuilder.DropTable(
                name: "series");

            migrationBuilder.DropTable(
                name: "series_value");

            migrationBuilder.DropTable(
                name: "specification");

            migrationBuilder.DropTable(
                name: "token");
        }
    }
}
