namespace Kera.Base.District.Reading;

internal static class DateOrder
{
    /// <summary>Reports an end that lies before its beginning.</summary>
    public static void Check(Entry entry, DistrictDate? from, DistrictDate? to)
    {
        if (from is not null && to is not null && to.Last < from.First)
        {
            entry.Report.Add(entry.Node.Field("to")!, $"the end {to} is before the beginning {from}", "swap or mend the two dates");
        }
    }
}
