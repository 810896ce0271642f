using Kera.Base.District;

namespace Kera.Tests.District;

/// <summary>Many mistakes in many files, reported all at once: each where it is, with what to do about it, and nothing else.</summary>
public sealed class AllMistakesTests
{
    /// <summary>A change to a file, and what must be said about it.</summary>
    /// <param name="File">The file.</param>
    /// <param name="Anchor">A text before the change.</param>
    /// <param name="Old">What is replaced.</param>
    /// <param name="New">By what.</param>
    /// <param name="At">The text, after the anchor, in whose line the mistake is to be reported.</param>
    /// <param name="Problem">What is to be said.</param>
    /// <param name="Remedy">What is to be advised.</param>
    private sealed record Slip(string File, string Anchor, string Old, string New, string At, string Problem, string Remedy);

    private static readonly Slip[] Slips =
    [
        new("district.yaml", "key: kera", "timeZone: Europe/Helsinki", "timeZone: Europe/Helsinky", "timeZone", "unknown time zone 'Europe/Helsinky'", "did you mean 'Europe/Helsinki'?"),
        new("district.yaml", "key: residents-planned", "value: 14000", "value: 14,000", "value: 14,000", "'value' is '14,000', which is no number", "write digits with a point for decimals: 12.5"),
        new("district.yaml", "espoo-commitment:", "url: https://www", "url: www", "url: www", "is no web address", "begin it with https://"),
        new("agents.yaml", "key: city-of-espoo", "kind: organization", "kind: organisation", "kind: organisation", "unknown kind 'organisation'", "use organization or ecological"),
        new("agents.yaml", "key: nokia", "name: Nokia", "name: Nokia\n    name: Nokia Oyj", "name: Nokia Oyj", "'name' is here twice (first in line", "keep one of the two"),
        new("agents.yaml", "key: neste", "source: espoo-partners", "source: espoo-partner", "source: espoo-partner", "'source' names the unknown source 'espoo-partner'", "did you mean 'espoo-partners'?"),
        new("agents.yaml", "key: ramirent", "name: Ramirent", "names: Ramirent", "names", "the agent has no field 'names'", "did you mean 'name'?"),
        new("agents.yaml", "key: ramirent", "", "", "key: ramirent", "the agent's 'name' is missing", "write one proper name, or a name in fi, sv and en"),
        new("agents.yaml", "key: smart-and-clean", "key: smart-and-clean", "key: sitra", "key: sitra\n    kind: organization\n    name: { fi: \"Smart", "the agent 'sitra' is here twice (first in line", "give one of them another key, or remove it"),
        new("agents.yaml", "key: kukkis", "kind: organization", "kind: person", "kind: person", "a person is not for a district's files", "kera person add"),
        new("agents.yaml", "key: innogreen", "en: Green walls and storm-water beds in 2020.", "en: \"\"", "en: \"\"", "'en' is empty", "write it, or remove the field"),
        new("agents.yaml", "key: tehomet", "source: tehomet-poles", "source: []", "source: []", "'source' is an empty list", "name one at least"),
        new("agents.yaml", "key: algol", "key: algol", "key: Algol Oy", "key: Algol Oy", "'Algol Oy' is no key", "use small letters a-z, digits and single hyphens"),
        new("specifications.yaml", "key: heat\n", "unit: kWh", "unit: kwh", "unit: kwh", "unknown unit 'kwh'", "did you mean 'kWh'?"),
        new("specifications.yaml", "key: electricity", "sv: El, ", "", "fi: Sähkö", "the name's 'sv' is missing", "add the Swedish text"),
        new("specifications.yaml", "key: waste-heat", "classification: energy", "classification: enrgy", "enrgy", "unknown classification 'enrgy'", "use energy, water, material"),
        new("resources.yaml", "key: new-street-pavilion", "specification: pavilion", "specification: pavillion", "pavillion", "'specification' names the unknown resource specification 'pavillion'", "did you mean 'pavilion'?"),
        new("resources.yaml", "key: water-network", "since: 2026-01-01", "since: 2026", "since: 2026", "'since' is 2026, which is more than a day", "write a day such as 2022-06-16"),
        new("resources.yaml", "key: demo-leaf-store", "kind: stock", "kind: stock\n    holder: demo-farm", "holder: demo-farm", "'holder' is only for a throughput resource", "remove it"),
        new("processes.yaml", "key: hall-demolition-stage-1", "basedOn: demolition", "basedOn: demolitions", "demolitions", "'basedOn' names the unknown process specification 'demolitions'", "did you mean 'demolition'?"),
        new("processes.yaml", "key: new-street-construction", "to: 2022-06-16", "to: 2021-06-16", "to: 2021-06-16", "the end 2021-06-16 is before the beginning 2022-06", "swap or mend the two dates"),
        new("flows.yaml", "key: demo-heat-a", "action: consume", "action: consum", "action: consum\n", "unknown action 'consum'", "did you mean 'consume'?"),
        new("flows.yaml", "key: demo-heat-b", "provider: demo-utility", "provider: demo-housing", "provider: demo-housing", "the network 'heat-network' is held by 'demo-utility', but the provider is 'demo-housing'", "write provider: demo-utility"),
        new("flows.yaml", "key: demo-water-a", "unit: m3", "unit: kg", "unit: kg", "'kg' is a unit of mass, but 'drinking-water' is counted in m3", "use L, m3 or mL"),
        new("flows.yaml", "key: demo-power-a", "audience: public", "audience: everybody-at-all", "everybody-at-all", "'audience' names the unknown agent 'everybody-at-all'", "or write public"),
        new("flows.yaml", "key: demo-power-b", "audience: public", "audience: []", "audience: []", "'audience' is an empty list", "write public, or name one at least"),
        new("flows.yaml", "key: household-demo", "unit: kWh", "unit: kWh\n    action: consume", "action: consume", "'action' is only for a flow into the ledger", "remove it, or write target: ledger"),
        new("flows.yaml", "key: demo-grid-import", "provider: demo-grid", "provider: demo-school", "provider: demo-school", "'transfer' crosses the network's border, but the provider 'demo-school' is not outside", "name an agent with outside: true"),
        new("places.geojson", "\"kera-station\"", "[24.75389, 60.21611]", "[60.21611, 24.75389]", "[60.21611, 24.75389]", "the position is more than a degree away from the district's", "write longitude first, then latitude"),
        new("places.geojson", "\"kera-centre\"", "[24.744, 60.2128]]]", "[24.744, 60.2129]]]", "60.2129", "the ring is not closed", "end it with its first position [24.744, 60.2128]"),
        new("places.geojson", "\"karapelto\"", "[24.76, 60.2178], [24.759, 60.222]", "[24.759, 60.222], [24.76, 60.2178]", "[24.759, 60.222], [24.76", "the ring crosses itself", "in which one walks around the area"),
        new("places.geojson", "\"keranpuisto\"", "\"kind\": \"park\"", "\"kind\": \"garden\"", "\"garden\"", "unknown kind 'garden'", "use district, planArea, neighbourhood"),
        new("places.geojson", "\"kutojantie\"", "\"partOf\": \"kera-centre\"", "\"partOf\": \"kera-center\"", "kera-center", "'partOf' names the unknown place 'kera-center'", "did you mean 'kera-centre'?"),
        new("places.geojson", "\"viilivati\"", "\"schematic\": true", "\"schematic\": \"yes\"", "\"yes\"", "'schematic' is 'yes'", "write true or false"),
        new("places.geojson", "\"amppelipolku\"", "LineString", "Line", "\"Line\"", "unknown geometry 'Line'", "use Point, MultiPoint, LineString"),
        new("history.yaml", "key: halls-counted", "quality: printed", "quality: estimated", "key: halls-counted", "the estimated event 'halls-counted' has no formula", "say in formula how the quantity was reckoned"),
        new("history.yaml", "key: smart-poles-installed", "hasNumericalValue: 19,", "hasNumericalValue: 19.1234567,", "19.1234567", "which has more than six decimals", "nothing is ever rounded"),
        new("history.yaml", "key: new-street-opened", "hasPointInTime: 2022-06-16", "hasPointInTime: 2022-06-31", "2022-06-31", "'2022-06-31' is no time", "write a day 2022-06-16"),
        new("history.yaml", "key: pavilion-built", "resourceInventoriedAs: new-street-pavilion", "resourceInventoriedAs: new-street-pavillion", "pavillion", "names the unknown resource 'new-street-pavillion'", "did you mean 'new-street-pavilion'?"),
        new("agreements.yaml", "key: kera-development-commitment", "parties: [city-of-espoo, sok, nokia]", "parties: [city-of-espoo]", "parties", "an agreement has two parties at least", "list the agents that made it"),
        new("agreements.yaml", "key: kera-carbon-neutral", "indicator: carbon-year", "indicator: carbon-years", "carbon-years", "'indicator' names the unknown indicator 'carbon-years'", "did you mean 'carbon-year'?"),
        new("agreements.yaml", "key: kera-carbon-neutral", "by: 2030", "by: soon", "by: soon", "'by' is 'soon', which is no year", "write a year such as 2030"),
        new("indicators.yaml", "key: heat-per-resident", "action: consume", "action: consum", "formula:", "unknown action 'consum' (column 15 of the formula)", "did you mean 'consume'?"),
        new("indicators.yaml", "key: waste-heat-used", "specification: waste-heat", "specification: waste-heatt", "formula:", "the formula names the unknown resource specification 'waste-heatt'", "did you mean 'waste-heat'?"),
        new("indicators.yaml", "key: school-heat", "flow: demo-heat-school", "flow: demo-heat-schol", "formula:", "the formula names the unknown flow 'demo-heat-schol'", "did you mean 'demo-heat-school'?"),
        new("indicators.yaml", "key: school-power", "flow: demo-power-school", "flow: household-demo", "formula:", "the flow 'household-demo' is a Series, not in the ledger", "write series(household-demo, unit: kWh)"),
        new("indicators.yaml", "key: power-day", "unit: \"MWh\"", "unit: \"t\"", "formula:", "the formula gives kWh (energy), but the indicator is in t (mass)", "mend the formula or the indicator's unit"),
        new("indicators.yaml", "key: import-share", " + total(action: produce", " + 5 + total(action: produce", "formula:", "kWh (energy) plus 1 (a number) is no sum", "add and subtract only what is of one kind"),
        new("indicators.yaml", "key: solar-month", "fact(demo-residents)", "fact(demo-resident)", "formula:", "the formula names the unknown fact 'demo-resident'", "did you mean 'demo-residents'?"),
        new("indicators.yaml", "key: solar-share", "period: month", "period: month\n    rate: true", "rate: true", "the formula does not grow with time, so that it is no rate", "remove rate"),
        new("indicators.yaml", "key: water-loss", "unit: \"%\"", "unit: \"percent\"", "unit: \"percent\"", "unknown unit 'percent'", "kWh/{resident}"),
        new("indicators.yaml", "key: farm-power", "level: tactical", "level: practical", "practical", "unknown level 'practical'", "use strategic, tactical or operational"),
        new("indicators.yaml", "key: farm-water", "label: illustrative", "label: guessed", "label: guessed", "unknown label 'guessed'", "write label: illustrative, or a source"),
        new("indicators.yaml", "key: hall-heat", "value: 2.5, label: illustrative", "value: 2.5", "baseline:", "the number has no source", "name the source, or write label: illustrative"),
        new("indicators.yaml", "key: hall-power", "year: 2030", "year: 2020", "year: 2020", "the years of the baseline and the path are not in order", "begin with the earliest"),
        new("indicators.yaml", "key: noise", "sdg: [\"3.9\", \"11.6\"]", "sdg: [\"39\", \"11.6\"]", "sdg:", "'39' is no target of the goals", "11.6"),
        new("indicators.yaml", "key: outages", "edition: \"2014\", ", "", "standard: ISO 37120", "the code's 'edition' is missing", "or unstated where the source does not state it"),
        new("indicators.yaml", "key: carbon-day", "figure(carbon.day,", "figure(indicator.carbon-year,", "formula:", "'indicator.carbon-year' is an indicator itself", "write its formula here"),
        new("carbon.yaml", "regions:", "regions: [Espoo-Kauniainen-Kirkkonummi, Helsinki region, FI, global, BR, NL]", "regions: FI", "regions: FI", "'regions' is no list of regions", "the best first: [FI, global]"),
        new("carbon.yaml", "regions:", "residents: demo-residents", "residents: demo-residenst", "residents: demo-residenst", "'residents' names the unknown fact 'demo-residenst'", "did you mean 'demo-residents'?"),
        new("carbon.yaml", "key: finland", "factor: electricity.wind", "factor: electricity.win", "electricity.win }", "unknown factor 'electricity.win'", "did you mean 'electricity.wind'?"),
        new("carbon.yaml", "key: grid-power", "mix: finland", "mix: finnland", "mix: finnland", "unknown mix 'finnland'", "did you mean 'finland'?"),
        new("carbon.yaml", "key: grid-power", "unit: MWh, stage: direct", "unit: kWh, stage: direct", "unit: kWh, stage: direct", "factors.csv has 'electricity.grid.five-year-mean', but not so", "it has CO2 a MWh, direct, location"),
        new("carbon.yaml", "key: sun", "processKind: solar-power", "processKind: solar", "processKind: solar,", "'processKind' names the unknown process specification 'solar'", "declare it, or name one that is there"),
        new("carbon.yaml", "key: waste-heat", "cutOff: true", "cutOff: true\n    factors:\n      - { factor: electricity.solar, unit: kWh, stage: lifeCycle }", "cutOff: true", "what is cut off enters free of carbon, and this has factors too", "remove cutOff, or mix and factors"),
        new("carbon.yaml", "key: composting", "inventory: III.2", "inventory: III.9", "III.9", "'III.9' is no sub-sector of the GPC", "as I.1, II.2 or III.1"),
        new("carbon.yaml", "key: school", "- { receiver: demo-school }", "- { }", "- { }", "it would fit every flow", "say which: by flow, action"),
        new("carbon.yaml", "subsector: II.2", "notation: NE", "notation: NA", "notation: NA", "unknown notation 'NA'", "use NO, NE, IE or C"),
        new("carbon.yaml", "place: demo-hall-skate", "share: 0.32", "share: 1.32", "share: 1.32", "the room has more than the whole", "a share from 0 to 1"),
        new("carbon.yaml", "place: demo-hall-workshop", "thing: kutoja-hall", "thing: kutoja", "thing: kutoja", "unknown thing 'kutoja'", "use kutoja-hall"),
        new("energy.yaml", "key: waste-heat", "network: waste-heat-network", "network: demo-compost-heap", "network: demo-compost-heap", "the resource 'demo-compost-heap' is no network", "name one with kind: throughput"),
        new("energy.yaml", "key: homes-heat", "bus: heat", "bus: hest", "bus: hest", "unknown bus 'hest'", "did you mean 'heat'?"),
        new("energy.yaml", "key: other-heat", "demo-hall-heat]", "household-demo]", "flows: [demo-heat-school", "the flow 'household-demo' is no energy in the ledger", "target: ledger and unit: kWh"),
        new("energy.yaml", "key: charging", "losses: 3", "losses: -3", "losses: -3", "'losses' has the negative number -3", "write 0 or more"),
        new("energy.yaml", "key: heat-pump", "quality: 0.88", "quality: 1.88", "quality: 1.88", "'quality' is 1.88", "a share above 0 and at most 1"),
        new("energy.yaml", "key: heat-pump", "kind: water", "kind: steam", "kind: steam", "unknown kind 'steam'", "use air, ground or water"),
        new("energy.yaml", "key: heat-pump", "least: 30", "least: 130", "least: 130", "'least' is 130", "in per cent of the capacity"),
        new("energy.yaml", "key: electric-boiler", "gives: [{ bus: heat, amount: 1 }]", "gives: []", "key: electric-boiler", "the plant gives nothing, or gives it twice", "write heatPump, or gives and takes"),
        new("energy.yaml", "key: electric-boiler", "    illustrative: true\n", "", "key: electric-boiler", "'source' is missing", "name the key of a source in district.yaml"),
        new("energy.yaml", "key: electric-boiler", "fallback: 35", "fallback: 135", "fallback: 135", "'fallback' is 135", "at most 100"),
        new("energy.yaml", "key: electric-boiler", "mode: advise", "mode: manual", "mode: manual", "unknown mode 'manual'", "use off, advise, approve or automatic"),
        new("energy.yaml", "key: heat-tank", "efficiency: 99", "efficiency: 199", "efficiency: 199", "more comes out than went in", "at most 100"),
        new("energy.yaml", "key: battery", "key: battery", "key: heat-tank", "key: heat-tank\n    name: { fi: Akku", "'heat-tank' is here twice", "give one of them another key"),
        new("energy.yaml", "key: bus-chargers", "shortage: 1000", "shortage: free", "shortage: free", "'shortage' is 'free'", ""),
        new("energy.yaml", "key: bus-chargers", "bus: power", "bus: pover", "bus: pover", "unknown bus 'pover'", "did you mean 'power'?"),
        new("energy.yaml", "key: grid", "until: 22", "until: 25", "until: 25", "'until' is '25'", "write a whole hour from 1 to 24"),
        new("energy.yaml", "objective:", "seek: cost", "seek: cost\n  carbonPrice: 80", "carbonPrice: 80", "'carbonPrice' counts only in a mix", "write seek: mix, or remove it"),
        new("energy.yaml", "objective:", "carbonPrice: 80", "carbonPrice: 80\n  cap: { tonnes: 0, over: 0 }", "tonnes: 0", "the cap lets nothing be emitted at all", "above 0"),
        new("energy.yaml", "objective:", "over: 0", "over: 0 ", "over: 0", "what is over the cap counts nothing", "or remove the cap"),
        new("communities.yaml", "key: block-b", "use: [demo-power-b]", "use: [demo-street-lights, demo-water-b]", "demo-water-b", "the flow 'demo-water-b' is not counted in kWh", "name flows of electricity"),
        new("communities.yaml", "key: block-c", "owner: demo-housing\n    use: [demo-power-c]", "use: [household-demo]", "key: block-c", "nobody says whose readings of 'household-demo' are meant", "write the point's owner"),
        new("communities.yaml", "key: block-d", "use: [demo-power-d]", "use: [demo-solar-a]", "use: [demo-solar-a]", "the flow 'demo-solar-a' is metered twice", "at one point only"),
        new("communities.yaml", "key: school", "    use: [demo-power-school]\n", "", "key: school", "nothing is metered at the point", "list declared flows"),
        new("communities.yaml", "key: roof-and-yard", "type: local", "type: wide", "type: wide", "unknown type 'wide'", "use local or across-connections"),
        new("communities.yaml", "key: sun-of-block-a", "property: roof-and-yard", "property: roof-and-yrd", "property: roof-and-yrd", "unknown point 'roof-and-yrd'", "did you mean 'roof-and-yard'?"),
        new("communities.yaml", "key: sun-of-block-a", "model: sma", "model: smc", "model: smc", "unknown model 'smc'", "use sma or smb"),
        new("communities.yaml", "key: sun-of-block-a", "noticeDays: 14", "noticeDays: two weeks", "noticeDays", "'noticeDays' is 'two weeks'", "a whole number of days"),
        new("communities.yaml", "notices:", "share: 30,", "share: 130,", "share: 130,", "'share' is 130", "in per cent, at most 100"),
        new("communities.yaml", "point: block-c", "given: 2026-10-14T09:00:00+03:00", "given: 2026-10-14", "given: 2026-10-14,", "'given' is '2026-10-14', which is no moment", "with the offset from UTC"),
        new("communities.yaml", "kind: change", "kind: change", "kind: swap", "kind: swap", "unknown kind 'swap'", "use join, change or leave"),
        new("buildings.yaml", "tariff:", "amount: 63, from: 7", "amount: 63, from: 24", "from: 24", "'from' is '24'", "write a whole hour from 0 to 23"),
        new("buildings.yaml", "place: demo-block-a", "answersWithin: 3", "answersWithin: soon", "answersWithin", "'answersWithin' is 'soon'", "a whole number of days from 1 to 60"),
        new("buildings.yaml", "place: demo-block-b", "keeper: demo-housing", "keeper: demo-hosing", "keeper: demo-hosing", "'keeper' names the unknown agent 'demo-hosing'", "did you mean 'demo-housing'?"),
        new("buildings.yaml", "place: demo-block-c", "    illustrative: true\n", "", "place: demo-block-c", "'source' is missing", "name the key of a source in district.yaml"),
        new("buildings.yaml", "place: demo-block-d", "place: demo-block-d", "place: demo-block-c", "place: demo-block-c\n    keeper: demo-housing\n    answersWithin: 3\n    homes: true\n    area: 23800", "the building 'demo-block-c' is here twice", "keep one of the two"),
        new("buildings.yaml", "place: demo-school-site", "area: 9600", "area: 0", "area: 0", "the building has an area of nothing", "in square metres, or leave it out"),
        new("buildings.yaml", "place: demo-kutoja-hall", "    keeper: demo-hall-association\n", "", "place: demo-kutoja-hall", "the building's 'keeper' is missing", "name"),
        new("buildings.yaml", "readings:", "flow: demo-home-power,", "flow: demo-heat-a,", "flow: demo-heat-a", "the flow 'demo-heat-a' is no private Series", "with target: series and neither owner nor audience"),
        new("buildings.yaml", "readings:", "flow: demo-home-heat, measure: heat, network: heat-network", "flow: demo-home-heat, measure: heat, network: keran-hallit-building", "keran-hallit-building", "'network' names the unknown resource 'keran-hallit-building'", ""),
        new("buildings.yaml", "readings:", "flow: demo-home-water, measure: water", "flow: household-demo, measure: water", "household-demo", "the flow 'household-demo' is not counted in m3", "name a flow in m3"),
        new("buildings.yaml", "readings:", "flow: demo-home-living-room, measure: temperature, room: livingRoom", "flow: demo-home-living-room, measure: temperature", "demo-home-living-room", "nobody says in which room the temperature is", "write room for a temperature"),
        new("buildings.yaml", "readings:", "flow: demo-home-bedroom, measure: temperature, room: bedroom", "flow: demo-home-bedroom, measure: temperature, room: cellar", "room: cellar", "unknown room 'cellar'", "use livingRoom, bedroom"),
        new("premises.yaml", "duties:", "rent: rent", "rent: upkeep", "rent: upkeep", "'upkeep' is counted in h, and rent is counted in EUR", "name a specification whose unit is EUR"),
        new("premises.yaml", "key: kutoja-brewery-hall", "lastDay: 2028-12-31", "lastDay: 2026-12-31", "lastDay: 2026-12-31", "the end 2026-12-31 is before the beginning 2027-01-01", "swap or mend the two dates"),
        new("premises.yaml", "key: kutoja-office-wing", "area: 240", "area: 0", "area: 0", "the premises have an area of nothing", "write their floor area"),
        new("invoicing.yaml", "sellers:", "businessId: 0000000-0", "businessId: 0000000-1", "businessId", "'businessId' is '0000000-1', whose check digits are wrong", "write it as 1234567-1"),
        new("invoicing.yaml", "sellers:", "0007 85", "0007 86", "iban", "whose check digits are wrong", "write the account as FI21"),
        new("invoicing.yaml", "sellers:", "when: monthly", "when: weekly", "when: weekly", "unknown when 'weekly'", "use monthly or atOnce"),
        new("things.yaml", "categories:", "fi: Työkalut, ", "", "sv: Verktyg, en: Tools", "the name's 'fi' is missing", "add the Finnish text"),
        new("things.yaml", "key: library", "mostDays: 14", "mostDays: two weeks", "mostDays: two weeks", "'mostDays' is 'two weeks'", "write a whole number from 1"),
        new("things.yaml", "key: library", "roles: [resident, employee]", "roles: [residents, employee]", "roles:", "unknown role 'residents'", "use resident, employee"),
        new("things.yaml", "key: pool", "forSites: true", "forSites: true\n    roles: [partner]", "roles: [partner]", "what is for sites is ordered by whoever acts for their companies", "remove roles, or forSites"),
        new("things.yaml", "key: power-tools", "fi: Sähkötyökalujen ehdot, ", "", "sv: Villkor", "the name's 'fi' is missing", "add the Finnish text"),
        new("things.yaml", "key: drill\n", "category: tools", "category: tool", "category: tool\n", "'category' names the unknown", "did you mean 'tools'?"),
        new("things.yaml", "key: drill\n", "waiver: power-tools", "waiver: power-tool", "waiver: power-tool\n", "'waiver' names the unknown", "did you mean 'power-tools'?"),
        new("things.yaml", "key: drill\n", "resource: demo-supply-drill-bits", "resource: demo-thing-drill-1", "resource: demo-thing-drill-1", "'demo-thing-drill-1' is no stock of pieces", "name a resource of kind stock"),
        new("things.yaml", "key: sander\n", "keeper: demo-hall-association", "keeper: demo-hall-asociation", "keeper: demo-hall-asociation", "'keeper' names the unknown agent 'demo-hall-asociation'", "did you mean 'demo-hall-association'?"),
        new("things.yaml", "key: sander\n", "resource: demo-supply-sanding-sheets, ", "", "stock: 200", "a stock that nobody counts", "name the resource that it is"),
        new("things.yaml", "key: circular-saw", "process: demo-tool-use", "process: demo-tools-use", "process: demo-tools-use", "'process' names the unknown process 'demo-tools-use'", "did you mean 'demo-tool-use'?"),
        new("things.yaml", "key: circular-saw", "terms: library", "terms: libary", "terms: libary", "'terms' names the unknown", "did you mean 'library'?"),
        new("things.yaml", "key: ladder\n", "inspection: { days: 365 }", "inspection: { hours: 0 }", "inspection: { hours: 0 }", "the inspection says not when", "write days, hours, or both"),
        new("things.yaml", "key: sewing-machine\n", "vat: 25.5", "vat: 125.5", "vat: 125.5", "the tax is more than the price", "write it in per cent"),
        new("things.yaml", "key: sewing-machine\n", "hoursPerDay: 2", "hoursPerDay: 0", "hoursPerDay: 0", "'hoursPerDay' is 0", "write a number above 0"),
        new("things.yaml", "key: carpet-cleaner\n", "deposit: 30", "deposit: -30", "deposit: -30", "'deposit' has the negative number -30", "write 0 or more"),
        new("things.yaml", "key: mini-excavator", "lifeHours: 8000", "lifeHours: 0", "lifeHours: 0", "'lifeHours' is 0", "write a number above 0"),
        new("things.yaml", "key: plate-compactor", "perDay: 35", "perday: 35", "perday: 35", "the kind has no field 'perday'", "did you mean 'perDay'?"),
        new("things.yaml", "key: plate-compactor", "    illustrative: true\n", "", "key: plate-compactor", "'source' is missing", "name the key of a source in district.yaml"),
        new("things.yaml", "key: drill-2,", "resource: demo-thing-drill-2", "resource: demo-thing-drill-1", "resource: demo-thing-drill-1", "the resource 'demo-thing-drill-1' is the item 'drill-1' already", "name a resource of its own"),
        new("things.yaml", "key: saw-1,", "since: 2026-09-01", "since: 2026-09", "since: 2026-09 ", "'since' is 2026-09, which is more than a day", "write a day such as 2022-06-16"),
        new("things.yaml", "key: ladder-1,", "resource: demo-thing-ladder-1", "resource: demo-supply-drill-bits", "resource: demo-supply-drill-bits", "'demo-supply-drill-bits' is not one thing", "name a resource of kind identified"),
        new("things.yaml", "key: sewing-machine-2,", "resource: demo-thing-sewing-machine-2", "resource: demo-space-kitchen", "resource: demo-space-kitchen", "the item is a 'hall-space', and others of 'sewing-machine' are of 'lent-tool'", "of one specification"),
        new("things.yaml", "key: compactor-2,", "kind: plate-compactor,", "kind: plate-compactors,", "kind: plate-compactors,", "'kind' names the unknown", "did you mean 'plate-compactor'?"),
        new("things.yaml", "key: renovation", "[drill, sander, ladder]", "[drill, sander, lader]", "lader", "'kinds' names the unknown", "did you mean 'ladder'?"),
        new("things.yaml", "key: demo-site-north", "company: demo-site-builder", "company: demo-site-bilder", "company: demo-site-bilder", "'company' names the unknown agent 'demo-site-bilder'", "did you mean 'demo-site-builder'?"),
        new("things.yaml", "key: demo-site-street", "monthlyLimit: 4000", "monthlyLimit: much", "monthlyLimit: much", "'monthlyLimit' is 'much'", "write"),
        new("spaces.yaml", "key: induction-loop", "fi: Induktiosilmukka, ", "", "sv: Hörslinga", "the name's 'fi' is missing", "add the Finnish text"),
        new("spaces.yaml", "key: residents", "roles: [resident]", "roles: [residents]", "roles: [residents]", "unknown role 'residents'", "use resident, employee, partner"),
        new("spaces.yaml", "key: workers", "roles: [employee]", "roles: []", "roles: []", "'roles' is an empty list", "write one word or a list of words"),
        new("spaces.yaml", "key: partners", "    roles: [partner]\n", "", "key: partners", "the audience's 'roles' is missing", "list the roles of those who belong to it"),
        new("spaces.yaml", "key: hall\n", "\"07:00-22:00\"", "\"07:00-7\"", "07:00-7", "'07:00-7' is no time from when to when", "\"22:00-02:00\" over midnight"),
        new("spaces.yaml", "key: hall\n", "\"09:00-22:00\"", "\"24:00-09:00\"", "24:00-09:00", "'24:00-09:00' is no time from when to when", "\"00:00-24:00\" for the whole day"),
        new("spaces.yaml", "key: hall\n", "override: 1", "override: high", "override: high", "'override' is 'high'", "write a whole number from 0 to 100"),
        new("spaces.yaml", "key: hall\n", "days: all, times: [\"09:00-20:00\"]", "days: everyday, times: []", "days: everyday", "unknown day 'everyday'", "use monday, tuesday"),
        new("spaces.yaml", "key: hall\n", "days: everyday", "days: everyday", "days: everyday", "the group has no times", "list its times, or remove the group"),
        new("spaces.yaml", "key: hall\n", "nth: 1", "nth: 6", "nth: 6", "'nth' is '6'", "or -1 to -5 from its end"),
        new("spaces.yaml", "key: hall\n", "state: closed", "state: shut", "state: shut", "unknown state 'shut'", "use open, staffOnly or closed"),
        new("spaces.yaml", "key: hall\n", "holiday: christmasEve", "holiday: christmas", "holiday: christmas,", "unknown holiday 'christmas'", "use all, newYearsDay"),
        new("spaces.yaml", "key: hall\n", "holiday: midsummerDay, times: []", "holiday: midsummerEve, times: []", "holiday: midsummerEve, times: [] }\n      - { holiday: goodFriday", "the exception of 'midsummerEve' is here twice", "keep one of the two"),
        new("spaces.yaml", "key: hall\n", "{ holiday: goodFriday, times: [] }", "{ holiday: goodFriday }", "goodFriday", "the exception's 'times' is missing", "write times: [] where it is closed"),
        new("spaces.yaml", "key: hall\n", "{ date: 2026-12-31, times", "{ times", "{ times: [\"09:00-15:00\"]", "the exception is of a date and a holiday, or of neither", "write date: 2026-12-31"),
        new("spaces.yaml", "key: skate\n", "weeks: 2", "weeks: 0", "weeks: 0", "'weeks' is '0'", "write a whole number from 1 to 52"),
        new("spaces.yaml", "key: skate\n", "{ days: sunday, times: [\"09:00-20:00\"] }", "{ days: sunday, times: \"09:00-20:00\" }", "days: sunday", "'times' is no list", "write times in brackets"),
        new("spaces.yaml", "key: skate\n", "state: staffOnly", "for: staff", "for: staff", "the time has no field 'for'", "use state or time"),
        new("spaces.yaml", "key: workshop\n", "weeks: even", "weeks: 2", "weeks: 2", "unknown weeks '2'", "use odd or even"),
        new("spaces.yaml", "key: day-and-night", "    periods:\n      - groups:\n          - { times: [\"00:00-24:00\"] }\n", "", "key: day-and-night", "'periods' is missing", "write periods: [] where it never is"),
        new("spaces.yaml", "key: whole-hall", "noticeDays: 14", "noticeDays: two weeks", "noticeDays: two weeks", "'noticeDays' is 'two weeks'", "write a whole number from 0 to 3660"),
        new("spaces.yaml", "key: whole-hall", "audiences: [partners]", "audiences: [partner]", "audiences: [partner]", "'audiences' names the unknown audience 'partner'", "did you mean 'partners'?"),
        new("spaces.yaml", "key: whole-hall", "deposit: 500", "deposit: -500", "deposit: -500", "'deposit' has the negative number -500", "write 0 or more"),
        new("spaces.yaml", "key: skating", "{ of: person, bookings: 3 }", "{ of: person }", "{ of: person }", "the limit is on bookings and on time, or on neither", "write bookings: 2, or time: 6 h with in: week"),
        new("spaces.yaml", "key: skating", "in: week", "in: year", "in: year", "unknown in 'year'", "use week or month"),
        new("spaces.yaml", "key: skating", "way: both", "way: either", "way: either", "unknown way 'either'", "use direct, rounds or both"),
        new("spaces.yaml", "key: skating", "to: 2027-12-19", "to: 2027-12", "to: 2027-12 ", "'to' is 2027-12, which is more than a day", "write a day such as 2022-06-16"),
        new("spaces.yaml", "key: skating", "key: autumn-2027", "key: Autumn", "key: Autumn", "'Autumn' is no key", "use small letters"),
        new("spaces.yaml", "key: skating", "notice: 2 h", "notice: two hours", "notice: two hours", "'notice' is 'two hours', which is no duration", "write a whole number with min, h or d"),
        new("spaces.yaml", "key: spring-2027", "last: 2027-05-30", "last: 2026-05-30", "last: 2026-05-30", "the season ends before it begins", "write a day after 'first'"),
        new("spaces.yaml", "key: spring-2027", "closes: 2026-12-13", "closes: 2026-10-13", "closes: 2026-10-13", "the round closes before it opens", "write a later moment"),
        new("spaces.yaml", "key: spring-2027", "\"16:00-21:00\"", "\"16:15-21:00\"", "[\"16:15-21:00\"]", "a time of a round is within one day, on the grid", "in steps of 30 minutes"),
        new("spaces.yaml", "key: spring-2027", "- space: court-1", "- space: courts", "courts\n        open", "'courts' is not booked itself", "name its parts"),
        new("spaces.yaml", "key: spring-2027", "kind: association,", "kind: associations,", "kind: associations,", "'kind' names the unknown kind of group 'associations'", "did you mean 'association'?"),
        new("spaces.yaml", "key: spring-2027", "leastMinutes: 600", "leastMinutes: 610", "leastMinutes: 610", "610 minutes are no half hours", "write a multiple of 30"),
        new("spaces.yaml", "key: courts", "bookingOpens: 2026-08-01T09:00:00+03:00", "bookingOpens: 2026-08", "bookingOpens", "'bookingOpens' is '2026-08', which is no moment", "write a day 2026-10-14, or a moment with its offset from UTC"),
        new("spaces.yaml", "key: courts", "startGrid: 60 min", "startGrid: 60", "startGrid: 60", "'startGrid' is '60', which is no duration", "30 min, 2 h, 1 d"),
        new("spaces.yaml", "key: courts", "kinds: [padel-court]", "kinds: []", "kinds: []", "'kinds' is an empty list", "or remove the field"),
        new("spaces.yaml", "key: kitchen", "deposit: 100", "deposits: 100", "deposits: 100", "the set of rules has no field 'deposits'", "did you mean 'deposit'?"),
        new("spaces.yaml", "key: hall-day", "unit: day", "unit: month", "unit: month", "unknown unit 'month'", "use quarterHour, halfHour"),
        new("spaces.yaml", "unit: halfHour", "audience: workers", "audience: residents", "audience: residents, price: 4", "another price of an audience has the same 'audience'", "keep one of the two"),
        new("spaces.yaml", "key: court\n", "vat: 13.5, ", "", "price: 24", "the pricing's 'vat' is missing", "write a number of at least 0"),
        new("spaces.yaml", "key: hall-day", "pricings:\n      - { from: 2026-01-01, unit: booking, price: 150, vat: 25.5 }", "pricings: []", "pricings: []", "'pricings' is an empty list", "without any it is free"),
        new("spaces.yaml", "equipment:\n  - key: projector", "pieces: 1\n", "pieces: none\n", "pieces: none", "'pieces' is 'none'", "write a whole number from 1"),
        new("spaces.yaml", "equipment:\n  - key: projector", "prices: projector", "prices: projektor", "prices: projektor", "'prices' names the unknown set of prices 'projektor'", "did you mean 'projector'?"),
        new("spaces.yaml", "key: kutoja-hall", "capacity: 800", "capacity: many", "capacity: many", "'capacity' is 'many'", "write a whole number from 1"),
        new("spaces.yaml", "key: kutoja-hall", "[step-free-toilet", "[step-fre-toilet", "step-fre-toilet", "'features' names the unknown feature 'step-fre-toilet'", "did you mean 'step-free-toilet'?"),
        new("spaces.yaml", "key: kutoja-hall", "equipment: [projector", "equipment: [projektor", "projektor", "'equipment' names the unknown equipment 'projektor'", "did you mean 'projector'?"),
        new("spaces.yaml", "key: kutoja-hall", "before: 30 d, percent: 100", "before: 30 d, percent: 120", "percent: 120", "more is paid back than was paid", "at most 100"),
        new("spaces.yaml", "key: kutoja-hall", "before: 14 d", "before: 30 d", "before: 30 d, percent: 50", "another refund has the same 'before'", "keep one of the two"),
        new("spaces.yaml", "key: kutoja-hall", "type: openedByStaff", "type: various", "type: various", "unknown type 'various'", "use unrestricted, accessCode, openedByStaff or physicalKey"),
        new("spaces.yaml", "key: kutoja-hall", "firstDay: 2026-01-01", "firstDay: 2026", "firstDay: 2026", "'firstDay' is 2026, which is more than a day", "write a day such as"),
        new("spaces.yaml", "key: skate-hall", "place: demo-hall-skate", "place: demo-hall-skates", "place: demo-hall-skates", "'place' names the unknown place 'demo-hall-skates'", "did you mean 'demo-hall-skate'?"),
        new("spaces.yaml", "key: skate-hall", "from: 2026-10-01", "from: 2026-01-01", "from: 2026-01-01, type: accessCode", "another way in has the same 'from'", "keep one of the two"),
        new("spaces.yaml", "key: skate-hall", "begin: \"08:00\"", "begin: \"8\"", "begin: \"8\"", "'begin' is '8', which is no time of day", "write hours and minutes"),
        new("spaces.yaml", "fi: Verstas (kuv", "process: demo-hall-workshop-use", "process: demo-hall-skate-use", "process: demo-hall-skate-use", "the process 'demo-hall-skate-use' is at 'demo-hall-skate'", "name one at 'demo-hall-workshop' or at what that is a part of"),
        new("spaces.yaml", "key: machine-room", "parent: workshop", "parent: workshops", "parent: workshops", "'parent' names the unknown space 'workshops'", "did you mean 'workshop'?"),
        new("spaces.yaml", "key: machine-room", "noticeDays: 2", "noticeDay: 2", "noticeDay: 2", "the space's overrides has no field 'noticeDay'", "did you mean 'noticeDays'?"),
        new("spaces.yaml", "fi: Padelkentät (", "kind: sports-hall", "kind: Sports hall", "kind: Sports hall", "'Sports hall' is no kind of space", "use small letters"),
        new("spaces.yaml", "fi: Padelkentät (", "area: 1250", "area: 0", "area: 0", "the space has an area of nothing", "or leave it out"),
        new("spaces.yaml", "fi: Padelkenttä 1 (", "rules: courts", "rules: court", "rules: court\n", "'rules' names the unknown set of rules 'court'", "did you mean 'courts'?"),
        new("spaces.yaml", "fi: Padelkenttä 2 (", "keeper: demo-hall-association", "keeper: demo-hall-asociation", "keeper: demo-hall-asociation", "'keeper' names the unknown agent 'demo-hall-asociation'", "did you mean 'demo-hall-association'?"),
        new("spaces.yaml", "key: court-2", "    rules: courts\n", "", "key: court-2", "the space's 'rules' is missing", "or write bookable: false"),
        new("spaces.yaml", "fi: Padelkenttä 3 (", "resource: demo-space-court-3", "resource: heat-network", "resource: heat-network", "'heat-network' is not one thing", "name a resource of kind identified"),
        new("spaces.yaml", "key: court-3", "key: court-3", "key: court-2", "key: court-2\n    name: { fi: Padelkenttä 3", "the space 'court-2' is here twice (first in line", "give one of them another key, or remove it"),
        new("spaces.yaml", "key: court-1", "    illustrative: true\n", "", "key: court-1", "the space's 'source' is missing", "name the key of a source in district.yaml"),
        new("spaces.yaml", "fi: Yhteiskeittiö (", "    illustrative: true\n", "    lastDay: 2030-01-31\n    illustrative: true\n", "lastDay: 2030-01-31", "the temporary use of 'demo-hall-kitchen' ends before that, on 2029-12-31", "or remove lastDay"),
        new("spaces.yaml", "key: brewery", "parent: kutoja-hall", "parent: brewery", "parent: brewery", "the space 'brewery' is a part of itself", "or remove parent"),
        new("spaces.yaml", "key: brewery", "    kind: brewery\n", "", "key: brewery", "the space's 'kind' is missing", "padel-court"),
        new("spaces.yaml", "key: brewery", "hours: day-and-night", "hours: day-or-night", "hours: day-or-night", "'hours' names the unknown set of hours 'day-or-night'", "did you mean 'day-and-night'?"),
        new("spaces.yaml", "key: brewery", "stepFree: false", "stepFree: partly", "stepFree: partly", "'stepFree' is 'partly'", "write true or false"),
        new("factors.csv", "food.bananas,", "0.86", "0,86", "food.bananas,", "the line has 15 values, and there are 14 columns", "a value with a comma stands in quotation marks"),
        new("factors.csv", "food.cheese,", "23.88", "lots", "lots", "'value' is 'lots', which is no number", "write digits with a point for decimals"),
        new("factors.csv", "food.coffee,", "lifeCycle", "lifecycle", "lifecycle", "unknown stage 'lifecycle'", "use direct, upstream, gridLoss, infrastructure or lifeCycle"),
        new("factors.csv", "food.eggs,", "CO2e", "CO3", "CO3", "unknown gas 'CO3'", "use CO2e, CO2, biogenicCO2"),
        new("factors.csv", "food.milk,", "unstated", "", "food.milk", "the factor's 'gwp' is missing", "use AR4, AR5, AR6 or unstated"),
        new("factors.csv", "districtheat.espoo.fortum-eko,", "printed,,", "printed,AR6,", "fortum-eko", "'gwp' is for CO2e, and this is CO2", "leave it empty"),
        new("factors.csv", "food.maize", "food.maize", "Food_Maize", "Food_Maize", "'Food_Maize' is no key of a factor", "electricity.wind"),
        new("factors.csv", "food.nuts,", "kg,CO2e,kg", "kg,CO2e,kilo", "kilo", "unknown unit 'kilo'", "kg"),
        new("factors.csv", "food.palm-oil,", "food.peas,0.98", "food.potatoes,0.98", "food.potatoes,0.46", "the factor food.potatoes in CO2e a kg, LifeCycle, Location, global, from 2018-01-01 is here twice", "remove one"),
        new("factors.csv", "districtheat.espoo.mean,118", "2021-12-31", "2020-12-31", "districtheat.espoo.mean,118", "the end 2020-12-31 is before the beginning 2021-01-01", "swap or mend the two dates"),
        new("timeline.yaml", "key: station-opened", "date: 1946", "date: 1946-winter", "1946-winter", "'1946-winter' is no date", "write a day 2022-06-16, a month 2022-06"),
        new("roadmap.yaml", "realRate", "realRate: 3", "realRate: three", "realRate", "'realRate' is 'three', which is no number", "write digits with a point for decimals"),
        new("roadmap.yaml", "years: 50", "years: 50", "years: 500", "years: 500", "'years' is '500'", "write a whole number from 1 to 200"),
        new("roadmap.yaml", "key: floor-area", "points: { 2026: 38000", "points: { soon: 38000", "soon", "'soon' is no year", "write a year with its value"),
        new("roadmap.yaml", "key: residents", "label: estimated", "label: guessed", "guessed", "unknown label 'guessed'", "use printed, estimated or illustrative"),
        new("roadmap.yaml", "key: jobs", "source: [nokiamob-luxturrim, wikipedia-station]", "", "key: jobs", "the driver's 'source' is missing", "name the key of a source in district.yaml"),
        new("roadmap.yaml", "key: heat-intensity", "stage: direct", "stage: upstream", "stage: upstream", "factors.csv has no factor 'districtheat.espoo.mean' in CO2 a kWh", "copy key, gas, unit and stage"),
        new("roadmap.yaml", "key: power-demand", "low: 85", "low: some", "low: some", "'low' is 'some', which is no number", "write digits with a point for decimals"),
        new("roadmap.yaml", "key: heating", "[floor-area, heat-demand", "[floorarea, heat-demand", "floorarea", "'drivers' names the unknown driver 'floorarea'", "did you mean 'floor-area'?"),
        new("roadmap.yaml", "key: building-power", "sector: energy", "sector: energi", "sector: energi\n", "'sector' names the unknown sector 'energi'", "did you mean 'energy'?"),
        new("roadmap.yaml", "key: heat-pumps", "power-demand, add: 5", "power-demand", "{ driver: power-demand }", "the effect does not say how much", "write one of to (a value), add (an amount) or by"),
        new("roadmap.yaml", "key: solar-roofs", "add: -8", "add: -8, by: -5", "by: -5", "the effect says in several ways how much", "write one of to"),
        new("roadmap.yaml", "key: station-side", "responsible: [city-of-espoo]", "", "key: station-side", "the measure has nobody who answers for it", "name one or more agents"),
        new("roadmap.yaml", "key: shared-cars-and-charging", "[neste,", "[nesta,", "[nesta,", "'responsible' names the unknown agent 'nesta'", "did you mean 'neste'?"),
        new("roadmap.yaml", "key: low-carbon-concrete", "ramp: 5", "ramps: 5", "ramps: 5", "the measure has no field 'ramps'", "did you mean 'ramp'?"),
        new("roadmap.yaml", "key: energy-of-conventional", "beside: sectorShare", "beside: nothing", "key: energy-of-conventional", "the published result names a sector and stands beside no sector's share", "or neither"),
    ];

    [Fact]
    public void Every_mistake_in_every_file_is_reported_at_once_with_its_line_and_remedy()
    {
        using var kera = new EditedKera();
        foreach (var slip in Slips)
        {
            kera.Replace(slip.File, slip.Anchor, slip.Old, slip.New);
        }

        kera.Replace("demo.yaml", "seed: 2026", "days: 14", "days: [14");
        kera.Write("pilots.yaml", [.. "pilots:\n  - key: a\n    name: "u8, 0xC3, 0x28, (byte)'\n']);
        kera.Write("agent.yaml", "agents: []\n");

        var reading = kera.Read();

        Assert.Null(reading.Model);
        var left = reading.Mistakes.ToList();
        foreach (var slip in Slips)
        {
            // The anchor itself may have been changed by the slip.
            var anchor = slip.Anchor == slip.Old ? slip.New : slip.Anchor;
            Take(left, slip.File, kera.LineOf(slip.File, anchor, slip.At), slip.Problem, slip.Remedy);
        }

        Take(left, "demo.yaml", null, "this is not YAML", "check the indentation");
        Take(left, "pilots.yaml", 3, "a byte here is no UTF-8", "save the file as UTF-8");
        Take(left, "agent.yaml", null, "a district has no such file", "did you mean agents.yaml?");
        Assert.Equal("", string.Join('\n', left));
    }

    private static void Take(List<DistrictMistake> mistakes, string file, int? line, string problem, string remedy)
    {
        var found = mistakes.FindIndex(mistake =>
            mistake.File == file &&
            (line is null || mistake.Line == line) &&
            mistake.Problem.Contains(problem, StringComparison.Ordinal) &&
            mistake.Remedy.Contains(remedy, StringComparison.Ordinal));
        Assert.True(found >= 0, $"Nothing says {file}:{line}: {problem}; {remedy}. Said was:\n{string.Join('\n', mistakes)}");
        mistakes.RemoveAt(found);
    }
}
