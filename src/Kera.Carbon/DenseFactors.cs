namespace Kera.Carbon;

/// <summary>
/// A square matrix as the product of a lower and an upper triangle, rows exchanged for the largest pivot. Rows and columns are
/// first scaled by powers of two, which rounds nothing: what is told in grams and what is told in tonnes weigh the same.
/// </summary>
internal sealed class DenseFactors
{
    private readonly int _size;
    private readonly double[] _factors;
    private readonly int[] _exchanged;
    private readonly double[] _rowScale;
    private readonly double[] _columnScale;
    private double _norm;

    private DenseFactors(int size, double[] factors)
    {
        (_size, _factors) = (size, factors);
        _exchanged = new int[size];
        _rowScale = new double[size];
        _columnScale = new double[size];
    }

    /// <summary>
    /// How many times larger than the relative error of the matrix that of an answer can be: the condition number of the scaled
    /// matrix in the 1-norm, estimated after Hager (SIAM J. Sci. Stat. Comput. 5, 1984); infinite for a singular matrix.
    /// </summary>
    public double Condition { get; private set; }

    /// <summary>Factors a matrix in O(n³).</summary>
    /// <param name="size">Rows and columns.</param>
    /// <param name="matrix">By rows; it is overwritten.</param>
    public static DenseFactors Of(int size, double[] matrix)
    {
        var factors = new DenseFactors(size, matrix);
        factors.Scale();
        factors.Condition = factors.Eliminate() ? factors._norm * factors.NormOfInverse() : double.PositiveInfinity;
        return factors;
    }

    /// <summary>Overwrites the right-hand side b with the x of Ax = b, in O(n²).</summary>
    public void Solve(Span<double> b)
    {
        for (var row = 0; row < _size; row++)
        {
            b[row] *= _rowScale[row];
        }

        SolveScaled(b);
        for (var column = 0; column < _size; column++)
        {
            b[column] *= _columnScale[column];
        }
    }

    /// <summary>Overwrites the right-hand side b with the x of Aᵀx = b, in O(n²).</summary>
    public void SolveTransposed(Span<double> b)
    {
        for (var column = 0; column < _size; column++)
        {
            b[column] *= _columnScale[column];
        }

        SolveScaledTransposed(b);
        for (var row = 0; row < _size; row++)
        {
            b[row] *= _rowScale[row];
        }
    }

    private void Scale()
    {
        for (var row = 0; row < _size; row++)
        {
            var line = _factors.AsSpan(row * _size, _size);
            _rowScale[row] = InversePower(Largest(line));
            for (var column = 0; column < _size; column++)
            {
                line[column] *= _rowScale[row];
                _columnScale[column] = Math.Max(_columnScale[column], Math.Abs(line[column]));
            }
        }

        for (var column = 0; column < _size; column++)
        {
            _columnScale[column] = InversePower(_columnScale[column]);
        }

        var sums = new double[_size];
        for (var row = 0; row < _size; row++)
        {
            for (var column = 0; column < _size; column++)
            {
                var value = _factors[row * _size + column] *= _columnScale[column];
                sums[column] += Math.Abs(value);
            }
        }

        _norm = Largest(sums);
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private static double InversePower(double largest) => largest == 0 ? 1 : Math.ScaleB(1, -Math.ILogB(largest));

    private bool Eliminate()
    {
        for (var step = 0; step < _size; step++)
        {
            var pivot = step;
            for (var row = step + 1; row < _size; row++)
            {
                if (Math.Abs(_factors[row * _size + step]) > Math.Abs(_factors[pivot * _size + step]))
                {
                    pivot = row;
                }
            }

            _exchanged[step] = pivot;
            if (_factors[pivot * _size + step] == 0)
            {
                return false;
            }

            var upper = _factors.AsSpan(step * _size, _size);
            if (pivot != step)
            {
                var other = _factors.AsSpan(pivot * _size, _size);
                for (var column = 0; column < _size; column++)
                {
                    (upper[column], other[column]) = (other[column], upper[column]);
                }
            }

            for (var row = step + 1; row < _size; row++)
            {
                var line = _factors.AsSpan(row * _size, _size);
                if (line[step] == 0)
                {
                    continue;
                }

                var share = line[step] /= upper[step];
                for (var column = step + 1; column < _size; column++)
                {
                    line[column] -= share * upper[column];
                }
            }
        }

        return true;
    }

    private void SolveScaled(Span<double> b)
    {
        for (var row = 0; row < _size; row++)
        {
            (b[row], b[_exchanged[row]]) = (b[_exchanged[row]], b[row]);
        }

        for (var row = 1; row < _size; row++)
        {
            b[row] -= Product(_factors.AsSpan(row * _size, row), b[..row]);
        }

        for (var row = _size - 1; row >= 0; row--)
        {
            var line = _factors.AsSpan(row * _size, _size);
            b[row] = (b[row] - Product(line[(row + 1)..], b[(row + 1).._size])) / line[row];
        }
    }

    private void SolveScaledTransposed(Span<double> b)
    {
        for (var row = 0; row < _size; row++)
        {
            var line = _factors.AsSpan(row * _size, _size);
            b[row] /= line[row];
            for (var column = row + 1; column < _size; column++)
            {
                b[column] -= b[row] * line[column];
            }
        }

        for (var row = _size - 1; row > 0; row--)
        {
            var line = _factors.AsSpan(row * _size, _size);
            for (var column = 0; column < row; column++)
            {
                b[column] -= b[row] * line[column];
            }
        }

        for (var row = _size - 1; row >= 0; row--)
        {
            (b[row], b[_exchanged[row]]) = (b[_exchanged[row]], b[row]);
        }
    }

    private static double Product(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var index = 0; index < left.Length; index++)
        {
            sum += left[index] * right[index];
        }

        return sum;
    }

    private double NormOfInverse()
    {
        const int MostSteps = 5;
        var estimate = 0.0;
        var x = new double[_size];
        Array.Fill(x, 1.0 / _size);
        for (var step = 0; step < MostSteps; step++)
        {
            SolveScaled(x);
            estimate = Math.Max(estimate, x.Sum(Math.Abs));
            var signs = Array.ConvertAll(x, value => value < 0 ? -1.0 : 1.0);
            SolveScaledTransposed(signs);
            var largest = 0;
            for (var index = 1; index < _size; index++)
            {
                if (Math.Abs(signs[index]) > Math.Abs(signs[largest]))
                {
                    largest = index;
                }
            }

            Array.Clear(x);
            x[largest] = 1;
        }

        return double.IsNaN(estimate) ? double.PositiveInfinity : estimate;
    }
}
