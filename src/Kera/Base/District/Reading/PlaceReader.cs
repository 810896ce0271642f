namespace Kera.Base.District.Reading;

/// <summary>Reads places.geojson.</summary>
internal static class PlaceReader
{
    public static OrderedDictionary<string, DistrictPlace> Places(Entry? root, DistrictPosition? near)
    {
        var places = new OrderedDictionary<string, DistrictPlace>(StringComparer.Ordinal);
        if (root is null)
        {
            return places;
        }

        TypeIs(root, "FeatureCollection");
        var ofEach = new List<(Entry Properties, DistrictPlace Place)>();
        foreach (var feature in root.Children("features", "feature"))
        {
            TypeIs(feature, "Feature");
            var geometry = GeometryReader.Geometry(feature, near);
            if (feature.Required("properties", "add the place's properties") is { } node)
            {
                var properties = new Entry(node, "place", root.Report, root.Keys);
                var place = Place(properties, geometry);
                properties.Done();
                places.TryAdd(place.Key, place);
                ofEach.Add((properties, place));
            }

            feature.Done();
        }

        root.Done();
        foreach (var (properties, place) in ofEach)
        {
            CheckWholes(properties, place, places);
        }

        return places;
    }

    private static void TypeIs(Entry entry, string type)
    {
        var node = entry.RequiredScalar("type", $"write \"type\": \"{type}\"");
        if (node is not null && node.Text != type)
        {
            entry.Report.Add(node, $"the type is '{node.Text}'", $"write \"type\": \"{type}\"");
        }
    }

    private static DistrictPlace Place(Entry properties, DistrictGeometry? geometry)
    {
        var fictional = properties.Flag("fictional");
        return new DistrictPlace(
            properties.Key(),
            properties.Name(),
            properties.Choice<DistrictPlaceKind>("kind"),
            properties.OptionalReference("partOf", Noun.Place),
            [.. properties.Children("phases", "phase").Select(Phase)],
            geometry,
            properties.Flag("schematic"),
            fictional,
            properties.Sources(fictional));
    }

    private static DistrictPlacePhase Phase(Entry entry)
    {
        var phase = new DistrictPlacePhase(entry.Choice<DistrictPhase>("phase"), entry.OptionalDate("from"), entry.OptionalDate("to"));
        DateOrder.Check(entry, phase.From, phase.To);
        entry.Done();
        return phase;
    }

    private static void CheckWholes(Entry properties, DistrictPlace place, OrderedDictionary<string, DistrictPlace> places)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { place.Key };
        for (var whole = place.PartOf; whole is not null; whole = places.GetValueOrDefault(whole)?.PartOf)
        {
            if (whole == place.Key)
            {
                properties.Report.Add(properties.Node.Field("partOf")!, $"the place '{place.Key}' is a part of itself", "name the larger place that it lies in, or remove partOf");
            }

            if (!seen.Add(whole))
            {
                return;
            }
        }
    }
}
