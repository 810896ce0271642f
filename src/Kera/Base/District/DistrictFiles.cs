using Kera.Base.District.Reading;
using NodaTime;

namespace Kera.Base.District;

/// <summary>Reads a district's folder.</summary>
public static class DistrictFiles
{
    /// <summary>
    /// Reads a folder with a district's files (docs/concepts/district.md) and checks them wholly: every mistake in every file is
    /// reported at once, and with any mistake there is no model.
    /// </summary>
    /// <param name="directory">The folder, such as <c>districts/kera</c>.</param>
    /// <param name="now">Now, so that an event of the history may not lie ahead of it; null lets it.</param>
    /// <exception cref="IOException">A file that is there cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static DistrictReading Read(string directory, Instant? now = null)
    {
        var mistakes = new List<DistrictMistake>();
        if (!Directory.Exists(directory))
        {
            mistakes.Add(new DistrictMistake(directory, null, null, "there is no such folder", "name the folder that holds district.yaml"));
            return new DistrictReading(null, mistakes);
        }

        var reader = new ModelReader(new DistrictFolder(directory, mistakes));
        var model = reader.Read();
        if (mistakes.Count == 0)
        {
            reader.JudgeHistory(model, now);
            reader.JudgeRoadMap(model);
            reader.JudgeCommunities(model);
            reader.JudgeSpaces(model, now);
        }

        if (mistakes.Count == 0)
        {
            return new DistrictReading(model, []);
        }

        return new DistrictReading(null, [.. mistakes
            .OrderBy(mistake => mistake.File, StringComparer.Ordinal)
            .ThenBy(mistake => mistake.Line ?? 0)
            .ThenBy(mistake => mistake.Column ?? 0)]);
    }
}
