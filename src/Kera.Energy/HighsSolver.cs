using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kera.Energy;

/// <summary>
/// HiGHS (Huangfu and Hall, Parallelizing the dual revised simplex method, 2018) called with arrays. On one thread, so that the
/// same model has the same answer on every machine with the same library. Each call has an instance of its own: calls may run
/// beside each other.
/// </summary>
public static unsafe class HighsSolver
{
    // Names of the library's header: kHighsMatrixFormatRowwise, kHighsCallback…, kHighsModelStatus….
    private const int RowWise = 2;
    private const int SimplexInterrupt = 1;
    private const int IpmInterrupt = 2;
    private const int MipInterrupt = 6;

    /// <summary>The library's version, as 1.12.0.</summary>
    public static string Version => Marshal.PtrToStringUTF8((nint)HighsLibrary.Version())!;

    /// <summary>Solves a model.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="EnergyException">The model's numbers are none the solver takes (NaN), or the basis or the start is of another shape.</exception>
    public static LinearSolution Solve(LinearModel model, SolveOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (model.ColumnCount == 0)
        {
            return Nothing(model);
        }

        var highs = HighsLibrary.Create();
        var watched = new Watched(options.Progress, cancellation);
        var handle = GCHandle.Alloc(watched);
        try
        {
            Prepare(highs, model, options);
            if (cancellation.CanBeCanceled || options.Progress is not null)
            {
                _ = HighsLibrary.SetCallback(highs, &Called, (void*)GCHandle.ToIntPtr(handle));
                foreach (var kind in (int[])[SimplexInterrupt, IpmInterrupt, MipInterrupt])
                {
                    _ = HighsLibrary.StartCallback(highs, kind);
                }
            }

            _ = HighsLibrary.Run(highs);
            cancellation.ThrowIfCancellationRequested();
            return Read(highs, model);
        }
        finally
        {
            HighsLibrary.Destroy(highs);
            handle.Free();
        }
    }

    // Without columns the library says neither the offset nor that a row cannot hold.
    private static LinearSolution Nothing(LinearModel model)
    {
        const double Tolerance = 1e-7;
        for (var row = 0; row < model.RowCount; row++)
        {
            if (!(model.RowLower[row] <= Tolerance && model.RowUpper[row] >= -Tolerance))
            {
                return new LinearSolution(SolveStatus.Infeasible, double.NaN, [], [], [], double.NaN, 0, 0, null);
            }
        }

        return new LinearSolution(SolveStatus.Optimal, model.Offset, [], [], new double[model.RowCount], model.Offset, 0, 0, null);
    }

    private static void Prepare(nint highs, LinearModel model, SolveOptions options)
    {
        _ = HighsLibrary.SetBool(highs, "output_flag", 0);
        _ = HighsLibrary.SetInt(highs, "threads", 1);
        _ = HighsLibrary.SetInt(highs, "random_seed", 0);
        _ = HighsLibrary.SetDouble(highs, "mip_rel_gap", options.RelativeGap);
        if (options.TimeLimit is { } seconds)
        {
            _ = HighsLibrary.SetDouble(highs, "time_limit", seconds);
        }

        fixed (double* costs = model.Costs, lower = model.Lower, upper = model.Upper, rowLower = model.RowLower, rowUpper = model.RowUpper, values = model.Values)
        fixed (int* starts = model.Starts, columns = model.Columns, whole = model.Whole)
        {
            var passed = HighsLibrary.PassModel(
                highs, model.ColumnCount, model.RowCount, model.EntryCount, 0, RowWise, 0, 1, model.Offset,
                costs, lower, upper, rowLower, rowUpper, starts, columns, values, null, null, null, model.WholeCount > 0 ? whole : null);
            if (passed < 0)
            {
                throw new EnergyException("model", "The solver does not take these numbers: one of them is none, or a bound is the other way round.");
            }
        }

        // These the library would take for numbers.
        if (!double.IsFinite(model.Offset) || !AllFinite(model.Costs) || !AllFinite(model.Values))
        {
            throw new EnergyException("model", "The solver does not take these numbers: a cost, a value or the offset is none.");
        }

        if (options.Basis is { } basis)
        {
            if (basis.Columns.Length != model.ColumnCount || basis.Rows.Length != model.RowCount)
            {
                throw new EnergyException("basis", $"It is of {basis.Columns.Length} columns and {basis.Rows.Length} rows; the model has {model.ColumnCount} and {model.RowCount}.");
            }

            fixed (int* columns = basis.Columns, rows = basis.Rows)
            {
                _ = HighsLibrary.SetBasis(highs, columns, rows);
            }
        }

        if (options.Start is { } start && model.WholeCount > 0)
        {
            if (start.Length != model.ColumnCount)
            {
                throw new EnergyException("start", $"It is of {start.Length} columns; the model has {model.ColumnCount}.");
            }

            fixed (double* columns = start)
            {
                _ = HighsLibrary.SetSolution(highs, columns, null, null, null);
            }
        }
    }

    private static bool AllFinite(ReadOnlySpan<double> numbers) => numbers.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) < 0;

    private static LinearSolution Read(nint highs, LinearModel model)
    {
        const int HasSolution = 2;
        var status = HighsLibrary.ModelStatus(highs) switch
        {
            7 => SolveStatus.Optimal,
            8 => SolveStatus.Infeasible,
            9 or 10 => SolveStatus.Unbounded,
            11 or 12 or 13 or 14 or 16 or 17 => SolveStatus.Stopped,
            _ => SolveStatus.Failed,
        };
        int found;
        int iterations;
        double objective;
        double bound;
        _ = HighsLibrary.GetIntInfo(highs, "primal_solution_status", &found);
        _ = HighsLibrary.GetIntInfo(highs, "simplex_iteration_count", &iterations);
        _ = HighsLibrary.GetDoubleInfo(highs, "objective_function_value", &objective);
        _ = HighsLibrary.GetDoubleInfo(highs, "mip_dual_bound", &bound);
        var seconds = HighsLibrary.RunTime(highs);
        if (status is not (SolveStatus.Optimal or SolveStatus.Stopped) || found != HasSolution)
        {
            return new LinearSolution(status, double.NaN, [], [], [], double.NaN, iterations, seconds, null);
        }

        var linear = model.WholeCount == 0;
        double[] columns = new double[model.ColumnCount], reduced = new double[model.ColumnCount], duals = new double[model.RowCount], rows = new double[model.RowCount];
        fixed (double* toColumns = columns, toReduced = reduced, toRows = rows, toDuals = duals)
        {
            _ = HighsLibrary.GetSolution(highs, toColumns, toReduced, toRows, toDuals);
        }

        var basis = linear && status == SolveStatus.Optimal ? Basis(highs, model) : null;
        return new LinearSolution(status, objective, columns, linear ? reduced : [], linear ? duals : [], linear ? objective : bound, iterations, seconds, basis);
    }

    private static LinearBasis Basis(nint highs, LinearModel model)
    {
        var basis = new LinearBasis(new int[model.ColumnCount], new int[model.RowCount]);
        fixed (int* columns = basis.Columns, rows = basis.Rows)
        {
            _ = HighsLibrary.GetBasis(highs, columns, rows);
        }

        return basis;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Called(int kind, byte* message, void* given, int* answer, void* data)
    {
        var watched = (Watched)GCHandle.FromIntPtr((nint)data).Target!;
        if (kind == MipInterrupt && watched.Progress is { } progress && HighsLibrary.CallbackItem(given, "mip_gap") is var gap && gap is not null && double.IsFinite(*gap))
        {
            progress(*gap);
        }

        // The first field of what is answered: whether to stop.
        *answer = watched.Cancellation.IsCancellationRequested ? 1 : 0;
    }

    private sealed record Watched(Action<double>? Progress, CancellationToken Cancellation);
}
