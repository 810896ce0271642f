namespace Kera.Bench;

/// <summary>How a scenario is to run.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Folder">Where its stores lie.</param>
/// <param name="Postgres">The connection string of an empty database; null for none.</param>
/// <param name="Server">The published program; null for none.</param>
/// <param name="Shared">The folder of the shared data; null for none.</param>
internal sealed record Scenario(int Events, string Folder, string? Postgres, string? Server, string? Shared);
