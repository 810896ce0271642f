using Kera.Carbon;

namespace Kera.Base.District.Reading;

/// <summary>Judges a road map of files that are right otherwise: whether everything in it is used, and whether it can be reckoned.</summary>
internal static class RoadMapJudge
{
    public static void Check(DistrictRoadMap roadMap, Entry root)
    {
        foreach (var driver in roadMap.Drivers.Keys.Where(driver => roadMap.Map.Activities.All(activity => !activity.Drivers.Contains(driver))))
        {
            Report("drivers", driver, $"no activity multiplies the driver '{driver}'", "name it in an activity, or remove it");
        }

        foreach (var sector in roadMap.Sectors.Keys.Where(sector => roadMap.Map.Activities.All(activity => activity.Sector != sector)))
        {
            Report("sectors", sector, $"no activity is of the sector '{sector}'", "give it an activity, or remove it");
        }

        try
        {
            _ = roadMap.Outcome;
        }
        catch (RoadMapException wrong)
        {
            foreach (var mistake in wrong.Mistakes)
            {
                Report(mistake.Section, mistake.Key, mistake.Problem, mistake.Remedy);
            }
        }

        void Report(string section, string key, string problem, string remedy) =>
            root.Report.Add(root.Node.Field(section)?.Items.Select(item => item.Field("key")).FirstOrDefault(node => node?.Text == key) ?? root.Node, problem, remedy);
    }
}
