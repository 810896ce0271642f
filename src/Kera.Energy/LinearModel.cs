using System.Runtime.InteropServices;

namespace Kera.Energy;

/// <summary>
/// A linear model, some of whose columns may be whole: the least of Σ cost·x with each row and each column between its bounds.
/// Rows are written one after the other, as what each column brings to them.
/// </summary>
public sealed class LinearModel
{
    private readonly List<double> _costs = [];
    private readonly List<double> _lower = [];
    private readonly List<double> _upper = [];
    private readonly List<int> _whole = [];
    private readonly List<int> _starts = [0];
    private readonly List<int> _columns = [];
    private readonly List<double> _values = [];
    private readonly List<double> _rowLower = [];
    private readonly List<double> _rowUpper = [];

    /// <summary>How many columns there are.</summary>
    public int ColumnCount => _costs.Count;

    /// <summary>How many rows are closed.</summary>
    public int RowCount => _rowLower.Count;

    /// <summary>How many entries the rows have.</summary>
    public int EntryCount => _columns.Count;

    /// <summary>How many columns are whole.</summary>
    public int WholeCount { get; private set; }

    /// <summary>What is added to the objective whatever the plan.</summary>
    public double Offset { get; set; }

    /// <summary>The cost of each column, by unit.</summary>
    public Span<double> Costs => CollectionsMarshal.AsSpan(_costs);

    /// <summary>The least that each column may be.</summary>
    public Span<double> Lower => CollectionsMarshal.AsSpan(_lower);

    /// <summary>The most that each column may be.</summary>
    public Span<double> Upper => CollectionsMarshal.AsSpan(_upper);

    /// <summary>1 where a column is whole, 0 where it is not.</summary>
    public Span<int> Whole => CollectionsMarshal.AsSpan(_whole);

    /// <summary>Where the entries of each row begin; one more than there are rows.</summary>
    public ReadOnlySpan<int> Starts => CollectionsMarshal.AsSpan(_starts);

    /// <summary>The column of each entry.</summary>
    public ReadOnlySpan<int> Columns => CollectionsMarshal.AsSpan(_columns);

    /// <summary>The value of each entry.</summary>
    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>The least that each row may be.</summary>
    public ReadOnlySpan<double> RowLower => CollectionsMarshal.AsSpan(_rowLower);

    /// <summary>The most that each row may be.</summary>
    public ReadOnlySpan<double> RowUpper => CollectionsMarshal.AsSpan(_rowUpper);

    /// <summary>Adds a column; returns its number.</summary>
    public int AddColumn(double cost, double lower, double upper, bool whole = false)
    {
        _costs.Add(cost);
        _lower.Add(lower);
        _upper.Add(upper);
        _whole.Add(whole ? 1 : 0);
        WholeCount += whole ? 1 : 0;
        return _costs.Count - 1;
    }

    /// <summary>Makes a column one that is whole, or not.</summary>
    public void SetWhole(int column, bool whole)
    {
        WholeCount += (whole ? 1 : 0) - _whole[column];
        _whole[column] = whole ? 1 : 0;
    }

    /// <summary>Adds what a column brings, by unit, to the row that is being written. A column stands once in a row.</summary>
    public void Add(int column, double value)
    {
        if (value != 0)
        {
            _columns.Add(column);
            _values.Add(value);
        }
    }

    /// <summary>Ends the row that is being written; returns its number.</summary>
    public int CloseRow(double lower, double upper)
    {
        _starts.Add(_columns.Count);
        _rowLower.Add(lower);
        _rowUpper.Add(upper);
        return _rowLower.Count - 1;
    }

    /// <summary>A copy that can be changed without changing this one.</summary>
    public LinearModel Copy()
    {
        var copy = new LinearModel { Offset = Offset, WholeCount = WholeCount };
        copy._costs.AddRange(_costs);
        copy._lower.AddRange(_lower);
        copy._upper.AddRange(_upper);
        copy._whole.AddRange(_whole);
        copy._starts.AddRange(_starts[1..]);
        copy._columns.AddRange(_columns);
        copy._values.AddRange(_values);
        copy._rowLower.AddRange(_rowLower);
        copy._rowUpper.AddRange(_rowUpper);
        return copy;
    }
}
