using Kera.Base.District.Reading;

namespace Kera.Base.District;

/// <summary>Makes a new district out of another.</summary>
public static class DistrictTemplate
{
    /// <summary>
    /// Copies what a district is built of under a new key: specifications, declared flows, the agents, resources, processes
    /// and places that the flows need, the places without their geometry, factors and how flows become carbon, the indicators that name
    /// nothing else, the opening hours and booking rules that spaces may have, and what duties of agreements count as. History, timeline, pilots, agreements, road map,
    /// energy communities, keepers of buildings, spaces with their prices and equipment, things that are lent, premises, sellers, demonstration and data stay behind.
    /// </summary>
    /// <param name="source">The folder to copy from.</param>
    /// <param name="target">The folder to write into; it is made if it is not there, and must be empty.</param>
    /// <param name="key">The new district's key.</param>
    /// <returns>Why nothing was written; empty where it was.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    public static IReadOnlyList<DistrictMistake> Copy(string source, string target, string key)
    {
        if (!EntryKey.IsValid(key))
        {
            return [new DistrictMistake(target, null, null, $"'{key}' is no key of a district", EntryKey.Rule)];
        }

        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            return [new DistrictMistake(target, null, null, "there is something already", "name a folder that is empty or not there yet")];
        }

        var reading = DistrictFiles.Read(source);
        if (reading.Model is not { } model)
        {
            return reading.Mistakes;
        }

        var needed = FlowNeeds.Of(model);
        Directory.CreateDirectory(target);
        foreach (var file in (string[])["specifications.yaml", "flows.yaml", "factors.csv", "energy.yaml"])
        {
            CopyFile(source, target, file);
        }

        Write(target, "district.yaml", TemplateText.District(key, model, needed));
        Write(target, "agents.yaml", TemplateText.Agents(needed));
        Write(target, "resources.yaml", TemplateText.Resources(needed));
        Write(target, "processes.yaml", TemplateText.Processes(needed));
        Write(target, "places.geojson", TemplateText.Places(needed));
        Write(target, "indicators.yaml", TemplateText.Indicators(model, needed));
        CopyCarbon(source, target);
        if (Path.Combine(source, "spaces.yaml") is var spaces && File.Exists(spaces))
        {
            Write(target, "spaces.yaml", TemplateText.Spaces(File.ReadLines(spaces)));
        }

        if (Path.Combine(source, "premises.yaml") is var premises && File.Exists(premises))
        {
            Write(target, "premises.yaml", TemplateText.Premises(File.ReadLines(premises)));
        }

        return [];
    }

    // How many people stand behind the flows is a fact of the other district.
    private static void CopyCarbon(string source, string target)
    {
        if (Path.Combine(source, "carbon.yaml") is var path && File.Exists(path))
        {
            File.WriteAllLines(Path.Combine(target, "carbon.yaml"), File.ReadLines(path).Where(line => !line.StartsWith("residents:", StringComparison.Ordinal) && !line.StartsWith("jobs:", StringComparison.Ordinal)));
        }
    }

    private static void CopyFile(string source, string target, string file)
    {
        if (Path.Combine(source, file) is var path && File.Exists(path))
        {
            File.Copy(path, Path.Combine(target, file));
        }
    }

    private static void Write(string target, string file, string text) => File.WriteAllText(Path.Combine(target, file), text);
}
