using System.Runtime.InteropServices;
using Kera.Energy;

namespace Kera.Base.Solving;

/// <summary>
/// A model and its answer as bytes, between two processes of one program on one machine: arrays as they lie in memory, each with
/// its length before it. Each message begins with what it is and ends with the same, so that half a message, or what another program says, is none.
/// </summary>
public static class SolverMessages
{
    private const ulong Question = 0x314D_4156_4552_454B;
    private const ulong Solved = 0x314E_4F49_5455_4C53;
    private const ulong Refused = 0x3144_4553_5546_4552;

    /// <summary>Solves what is asked, and answers.</summary>
    /// <exception cref="InvalidDataException">What is asked is no model.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Serve(Stream input, Stream output, LinearSolve solve, CancellationToken cancellation)
    {
        var (model, options) = ReadQuestion(input);
        try
        {
            WriteAnswer(output, solve(model, options, cancellation));
        }
        catch (EnergyException mistake)
        {
            WriteRefusal(output, mistake);
        }
    }

    /// <summary>Writes a model and how it is to be solved; of progress nobody is told.</summary>
    public static void WriteQuestion(Stream stream, LinearModel model, SolveOptions options)
    {
        using var message = new BinaryWriter(new BufferedStream(stream, 1 << 16));
        message.Write(Question);
        message.Write(model.Offset);
        Write<double>(message, model.Costs);
        Write<double>(message, model.Lower);
        Write<double>(message, model.Upper);
        Write<int>(message, model.Whole);
        Write(message, model.Starts);
        Write(message, model.Columns);
        Write(message, model.Values);
        Write(message, model.RowLower);
        Write(message, model.RowUpper);
        message.Write(options.RelativeGap);
        message.Write(options.TimeLimit ?? double.PositiveInfinity);
        WriteBasis(message, options.Basis);
        message.Write(options.Start is not null);
        Write<double>(message, options.Start ?? []);
        message.Write(Question);
    }

    /// <summary>Reads a model and how it is to be solved.</summary>
    public static (LinearModel Model, SolveOptions Options) ReadQuestion(Stream stream)
    {
        using var message = new BinaryReader(new BufferedStream(stream, 1 << 16));
        Expect(message, Question);
        var model = new LinearModel { Offset = message.ReadDouble() };
        var costs = Read<double>(message, int.MaxValue);
        var (lower, upper, whole) = (Read<double>(message, costs.Length), Read<double>(message, costs.Length), Read<int>(message, costs.Length));
        for (var column = 0; column < costs.Length; column++)
        {
            model.AddColumn(costs[column], lower[column], upper[column], whole[column] == 1);
        }

        var starts = Read<int>(message, int.MaxValue);
        var columns = Read<int>(message, int.MaxValue);
        var values = Read<double>(message, columns.Length);
        var (rowLower, rowUpper) = (Read<double>(message, starts.Length - 1), Read<double>(message, starts.Length - 1));
        for (var row = 0; row < rowLower.Length; row++)
        {
            for (var entry = starts[row]; entry < starts[row + 1]; entry++)
            {
                model.Add(columns[entry], values[entry]);
            }

            model.CloseRow(rowLower[row], rowUpper[row]);
        }

        var (gap, limit) = (message.ReadDouble(), message.ReadDouble());
        var basis = ReadBasis(message, costs.Length, rowLower.Length);
        var hasStart = message.ReadBoolean();
        var start = Read<double>(message, int.MaxValue);
        Expect(message, Question);
        return (model, new SolveOptions(gap, double.IsInfinity(limit) ? null : limit, basis, hasStart ? start : null));
    }

    /// <summary>Writes what was found.</summary>
    public static void WriteAnswer(Stream stream, LinearSolution solution)
    {
        using var message = new BinaryWriter(new BufferedStream(stream, 1 << 16));
        message.Write(Solved);
        message.Write((int)solution.Status);
        message.Write(solution.Objective);
        Write<double>(message, solution.Columns);
        Write<double>(message, solution.Reduced);
        Write<double>(message, solution.Duals);
        message.Write(solution.Bound);
        message.Write(solution.Iterations);
        message.Write(solution.Seconds);
        WriteBasis(message, solution.Basis);
        message.Write(Solved);
    }

    /// <summary>Reads the answer to a model.</summary>
    /// <exception cref="EnergyException">The solver does not take the model.</exception>
    /// <exception cref="InvalidDataException">It is no answer to this model.</exception>
    /// <exception cref="EndOfStreamException">It ends before its end.</exception>
    public static LinearSolution ReadAnswer(Stream stream, LinearModel model)
    {
        using var message = new BinaryReader(new BufferedStream(stream, 1 << 16));
        // The library prints a line now and then, whatever its settings say: what is before the answer is no part of it.
        ulong kind = 0;
        while (kind is not (Solved or Refused))
        {
            kind = kind >> 8 | (ulong)message.ReadByte() << 56;
        }

        if (kind == Refused)
        {
            throw new EnergyException(message.ReadString(), message.ReadString());
        }

        var status = (SolveStatus)message.ReadInt32();
        var objective = message.ReadDouble();
        // Without a plan there are no columns, where columns are whole no duals.
        double[] ReadAllOrNone(int all) => Read<double>(message, all) is var numbers && (numbers.Length == 0 || numbers.Length == all) ? numbers : throw new InvalidDataException("This is no answer to what was asked.");
        var (columns, reduced, duals) = (ReadAllOrNone(model.ColumnCount), ReadAllOrNone(model.ColumnCount), ReadAllOrNone(model.RowCount));
        var solution = new LinearSolution(status, objective, columns, reduced, duals, message.ReadDouble(), message.ReadInt32(), message.ReadDouble(), ReadBasis(message, model.ColumnCount, model.RowCount));
        Expect(message, Solved);
        return Enum.IsDefined(status) && (double.IsNaN(objective) || columns.Length == model.ColumnCount) ? solution : throw new InvalidDataException("This is no answer to what was asked.");
    }

    private static void WriteRefusal(Stream stream, EnergyException mistake)
    {
        using var message = new BinaryWriter(stream);
        message.Write(Refused);
        message.Write(mistake.Field);
        message.Write(mistake.Message);
    }

    private static void WriteBasis(BinaryWriter message, LinearBasis? basis)
    {
        message.Write(basis is not null);
        if (basis is not null)
        {
            Write<int>(message, basis.Columns);
            Write<int>(message, basis.Rows);
        }
    }

    private static LinearBasis? ReadBasis(BinaryReader message, int columns, int rows) =>
        message.ReadBoolean() ? new LinearBasis(Read<int>(message, columns), Read<int>(message, rows)) : null;

    private static void Write<T>(BinaryWriter message, ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        message.Write(numbers.Length);
        message.Write(MemoryMarshal.AsBytes(numbers));
    }

    private static T[] Read<T>(BinaryReader message, int most)
        where T : unmanaged
    {
        var length = message.ReadInt32();
        if (length < 0 || length > most)
        {
            throw new InvalidDataException($"{length} numbers are told, of at most {most}.");
        }

        var numbers = new T[length];
        message.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private static void Expect(BinaryReader message, ulong mark)
    {
        if (message.ReadUInt64() != mark)
        {
            throw new InvalidDataException("The message is none, or is damaged.");
        }
    }
}
