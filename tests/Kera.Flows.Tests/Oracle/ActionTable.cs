namespace Kera.Flows.Tests.Oracle;

/// <summary>Three tables say the same: the kernel's, the oracle's, and the standard's as a file.</summary>
public class ActionTable
{
    private static readonly string[] Columns =
    [
        "action", "inputOutput", "pairsWith", "createResource", "eventQuantity", "accountingEffect", "onhandEffect", "locationEffect",
        "containedEffect", "accountableEffect", "stageEffect", "stateEffect", "impliedTransferIfProviderNotReceiver",
    ];

    [Fact]
    public void Kernel_and_oracle_agree() => Assert.Equal(
        ActionRow.All.Values.Select(Standard).Order(StringComparer.Ordinal),
        FlowAction.All.Select(action => string.Join(
            ',',
            action.Name, Camel(action.InputOutput), action.PairsWith ?? "notApplicable", Camel(action.CreateResource), Camel(action.EventQuantity),
            Camel(action.Accounting), Camel(action.Onhand), Camel(action.Location), Camel(action.Contained), Camel(action.Accountable),
            Camel(action.Stage), Camel(action.State), Camel(action.Implied))).Order(StringComparer.Ordinal));

    [Fact]
    public void Oracle_and_the_standard_s_file_agree()
    {
        var file = Path.Combine(Root(), "..", "shared", "domain", "valueflows-actions.csv");
        Assert.SkipUnless(File.Exists(file), "The standard's table is not beside the repository (../shared/domain/valueflows-actions.csv).");
        var lines = File.ReadAllLines(file);
        var header = lines[0].Split(',');
        var wanted = Columns.Select(column => Array.IndexOf(header, column)).ToList();
        // The definition is the last column and may hold commas; none before it does.
        var rows = lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')).Select(cells => string.Join(',', wanted.Select(index => cells[index])));

        Assert.Equal(rows.Order(StringComparer.Ordinal), ActionRow.All.Values.Select(Standard).Order(StringComparer.Ordinal));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kera.slnx")) && folder.Parent is { } parent)
            folder = parent;
        return folder.FullName;
    }

    private static string Camel(Enum value) => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    private static string Standard(ActionRow row) => string.Join(
        ',',
        row.Name,
        row.Side switch { "in" => "input", "out" => "output", "inout" => "outputInput", _ => "notApplicable" },
        row.Pair == "-" ? "notApplicable" : row.Pair,
        row.Creates switch { "self" => "optional", "to" => "optionalTo", _ => "notApplicable" },
        row.Carries,
        Quantity(row.Accounting), Quantity(row.Onhand), Attribute(row.Location), Attribute(row.Contained), Attribute(row.Accountable),
        Attribute(row.Stage), Attribute(row.State), row.Implies);

    private static string Quantity(string effect) =>
        effect switch { "+" => "increment", "-" => "decrement", "-+" => "decrementIncrement", "to+" => "incrementTo", _ => "notApplicable" };

    private static string Attribute(string effect) =>
        effect switch { "new" => "new", "set" => "update", "setTo" => "updateTo", "clear" => "remove", _ => "notApplicable" };
}
