namespace Kera.Base.District.Reading;

/// <summary>Reads the timeline and the pilots.</summary>
internal static class StoryReader
{
    public static DistrictMilestone Milestone(Entry entry) => new(
        entry.Key(),
        entry.Date("date"),
        entry.Localized("title"),
        entry.OptionalReference("place", Noun.Place),
        entry.Flag("uncertain"),
        entry.Sources());

    public static DistrictPilot Pilot(Entry entry)
    {
        var pilot = new DistrictPilot(
            entry.Key(),
            entry.Name(),
            entry.Localized("summary"),
            entry.Date("from"),
            entry.OptionalDate("to"),
            entry.OptionalReferences("places", Noun.Place),
            entry.OptionalReferences("agents", Noun.Agent),
            entry.Flag("uncertain"),
            entry.Sources());
        DateOrder.Check(entry, pilot.From, pilot.To);
        return pilot;
    }
}
