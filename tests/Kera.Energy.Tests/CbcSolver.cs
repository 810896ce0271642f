using System.Runtime.InteropServices;

namespace Kera.Energy.Tests;

/// <summary>
/// CBC (COIN-OR branch and cut), called through its C interface: another solver, by other people, beside which HiGHS is
/// checked. It gives no duals. Its library keeps state of its own between calls, so that one call runs at a time.
/// </summary>
internal static unsafe partial class CbcSolver
{
    private const string Name = "libCbcSolver.so.2";
    private static readonly Lock s_one = new();

    /// <summary>Skips the calling test where the library is not carried.</summary>
    public static void Require() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "CBC, beside which HiGHS is checked, is carried for 64-bit Linux on x64 alone.");

    /// <summary>Solves a model to the end, whatever gap is asked for.</summary>
    public static LinearSolution Solve(LinearModel model, SolveOptions options, CancellationToken cancellation)
    {
        lock (s_one)
        {
            cancellation.ThrowIfCancellationRequested();
            var cbc = NewModel();
            try
            {
                return Solve(cbc, model);
            }
            finally
            {
                DeleteModel(cbc);
            }
        }
    }

    private static LinearSolution Solve(nint cbc, LinearModel model)
    {
        Load(cbc, model);
        SetLogLevel(cbc, 0);
        SetParameter(cbc, "log", "0");
        // Its cuts, about once in ten thousand of these systems, cut off the best plan; they are too small to need any.
        SetParameter(cbc, "cuts", "off");
        SetAllowableGap(cbc, 0);
        SetAllowableFractionGap(cbc, 0);
        _ = SolveModel(cbc);
        var status = IsProvenOptimal(cbc) != 0 ? SolveStatus.Optimal
            : IsContinuousUnbounded(cbc) != 0 ? SolveStatus.Unbounded
            : IsProvenInfeasible(cbc) != 0 ? SolveStatus.Infeasible
            : SolveStatus.Failed;
        if (status != SolveStatus.Optimal)
        {
            return new LinearSolution(status, double.NaN, [], [], [], double.NaN, 0, 0, null);
        }

        var columns = new ReadOnlySpan<double>(GetColSolution(cbc), model.ColumnCount).ToArray();
        var objective = GetObjValue(cbc) + model.Offset;
        return new LinearSolution(status, objective, columns, [], [], objective, 0, 0, null);
    }

    // Its matrix is by column where the model's is by row.
    private static void Load(nint cbc, LinearModel model)
    {
        var starts = new int[model.ColumnCount + 1];
        foreach (var column in model.Columns)
        {
            starts[column + 1]++;
        }

        for (var column = 0; column < model.ColumnCount; column++)
        {
            starts[column + 1] += starts[column];
        }

        var next = starts.ToArray();
        var (rows, values) = (new int[model.EntryCount], new double[model.EntryCount]);
        for (var row = 0; row < model.RowCount; row++)
        {
            for (var entry = model.Starts[row]; entry < model.Starts[row + 1]; entry++)
            {
                var at = next[model.Columns[entry]]++;
                (rows[at], values[at]) = (row, model.Values[entry]);
            }
        }

        fixed (int* toStarts = starts, toRows = rows)
        fixed (double* toValues = values, lower = model.Lower, upper = model.Upper, costs = model.Costs, rowLower = model.RowLower, rowUpper = model.RowUpper)
        {
            LoadProblem(cbc, model.ColumnCount, model.RowCount, toStarts, toRows, toValues, lower, upper, costs, rowLower, rowUpper);
        }

        for (var column = 0; column < model.ColumnCount; column++)
        {
            if (model.Whole[column] == 1)
            {
                SetInteger(cbc, column);
            }
        }
    }

    [LibraryImport(Name, EntryPoint = "Cbc_newModel")]
    private static partial nint NewModel();

    [LibraryImport(Name, EntryPoint = "Cbc_deleteModel")]
    private static partial void DeleteModel(nint cbc);

    [LibraryImport(Name, EntryPoint = "Cbc_loadProblem")]
    private static partial void LoadProblem(
        nint cbc, int columns, int rows, int* starts, int* indexes, double* values, double* lower, double* upper, double* costs, double* rowLower, double* rowUpper);

    [LibraryImport(Name, EntryPoint = "Cbc_setInteger")]
    private static partial void SetInteger(nint cbc, int column);

    [LibraryImport(Name, EntryPoint = "Cbc_setLogLevel")]
    private static partial void SetLogLevel(nint cbc, int level);

    [LibraryImport(Name, EntryPoint = "Cbc_setParameter", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetParameter(nint cbc, string name, string value);

    [LibraryImport(Name, EntryPoint = "Cbc_setAllowableGap")]
    private static partial void SetAllowableGap(nint cbc, double gap);

    [LibraryImport(Name, EntryPoint = "Cbc_setAllowableFractionGap")]
    private static partial void SetAllowableFractionGap(nint cbc, double gap);

    [LibraryImport(Name, EntryPoint = "Cbc_solve")]
    private static partial int SolveModel(nint cbc);

    [LibraryImport(Name, EntryPoint = "Cbc_isProvenOptimal")]
    private static partial int IsProvenOptimal(nint cbc);

    [LibraryImport(Name, EntryPoint = "Cbc_isProvenInfeasible")]
    private static partial int IsProvenInfeasible(nint cbc);

    [LibraryImport(Name, EntryPoint = "Cbc_isContinuousUnbounded")]
    private static partial int IsContinuousUnbounded(nint cbc);

    [LibraryImport(Name, EntryPoint = "Cbc_getObjValue")]
    private static partial double GetObjValue(nint cbc);

    [LibraryImport(Name, EntryPoint = "Cbc_getColSolution")]
    private static partial double* GetColSolution(nint cbc);
}
