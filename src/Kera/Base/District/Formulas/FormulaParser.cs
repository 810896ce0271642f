using System.Globalization;
using Kera.Base.Ledger;

namespace Kera.Base.District.Formulas;

/// <summary>Reads a formula: numbers, <c>+ − × ÷</c> (or <c>- * /</c>), parentheses, and <c>total</c>, <c>series</c>, <c>figure</c> and <c>fact</c>.</summary>
public sealed class FormulaParser
{
    // Deeper than anyone writes, and far from the end of the stack.
    private const int Deepest = 50;

    private const string Begins = "write a number, total(…), series(…), figure(…), fact(…) or a part in parentheses";

    private static readonly string[] Functions = ["total", "series", "figure", "fact"];

    private readonly string _text;
    private int _at;
    private int _depth;
    private FormulaError? _error;

    private FormulaParser(string text) => _text = text;

    /// <summary>Reads a formula.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="error">The first thing wrong with it; null where it was read.</param>
    /// <returns>The tree, or null where something is wrong.</returns>
    public static Formula? Parse(string text, out FormulaError? error)
    {
        var parser = new FormulaParser(text);
        var formula = parser.Sum();
        if (parser._error is null && parser.Peek() is { } left)
        {
            parser.Fail(parser._at, $"'{left}' stands where the formula could end", left == ')' ? "open the parenthesis, or remove this one" : "write +, −, × or ÷ before what follows");
        }

        error = parser._error;
        return error is null ? formula : null;
    }

    private Formula? Sum() => Chain(Product, ('+', FormulaOperator.Add), ('-', FormulaOperator.Subtract), ('−', FormulaOperator.Subtract));

    private Formula? Product() => Chain(Factor, ('*', FormulaOperator.Multiply), ('×', FormulaOperator.Multiply), ('/', FormulaOperator.Divide), ('÷', FormulaOperator.Divide));

    private Formula? Chain(Func<Formula?> next, params ReadOnlySpan<(char Sign, FormulaOperator Operator)> operators)
    {
        var left = next();
        while (left is not null && Peek() is { } sign && Find(operators, sign) is { } found)
        {
            var column = ++_at;
            left = next() is { } right ? new FormulaOperation(column, found, left, right) : null;
        }

        return left;
    }

    private static FormulaOperator? Find(ReadOnlySpan<(char Sign, FormulaOperator Operator)> operators, char sign)
    {
        foreach (var each in operators)
        {
            if (each.Sign == sign)
            {
                return each.Operator;
            }
        }

        return null;
    }

    private Formula? Factor()
    {
        if (Peek() is not { } letter)
        {
            return Fail(_at, "the formula ends where a part of it is missing", Begins);
        }

        if (letter == '(')
        {
            return Parenthesis();
        }

        var start = _at;
        if (char.IsAsciiDigit(letter))
        {
            while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
            {
                _at++;
            }

            return decimal.TryParse(_text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? new FormulaNumber(start + 1, number)
                : Fail(start, $"'{_text[start.._at]}' is no number", "write digits with a point for decimals: 12.5");
        }

        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
        {
            _at++;
        }

        return _at == start ? Fail(start, $"'{letter}' stands where a part of the formula begins", Begins) : Call(start, _text[start.._at]);
    }

    private Formula? Parenthesis()
    {
        var open = _at++;
        if (++_depth > Deepest)
        {
            return Fail(open, "the parentheses are too deep", $"nest {Deepest} at most");
        }

        var inner = Sum();
        _depth--;
        if (inner is not null && Peek() != ')')
        {
            return Fail(open, "the parenthesis is not closed", "write ) where it ends");
        }

        _at++;
        return inner;
    }

    private Formula? Call(int start, string name)
    {
        if (!Functions.Contains(name))
        {
            return Fail(start, $"there is no function '{name}'", Nearest.To(name, Functions) is { } nearest ? $"did you mean '{nearest}'?" : "use total, series, figure or fact");
        }

        if (Peek() != '(')
        {
            return Fail(_at, $"'{name}' has no parenthesis", $"write {name}(…)");
        }

        _at++;
        return Arguments(start, name) is { } arguments ? FormulaCalls.Of(start + 1, name, arguments, out _error) : null;
    }

    private List<FormulaArgument>? Arguments(int start, string name)
    {
        var arguments = new List<FormulaArgument>();
        while (true)
        {
            var (from, end) = (_at, _text.AsSpan(_at).IndexOfAny(",)"));
            if (end < 0)
            {
                Fail(start, $"the parenthesis of '{name}' is not closed", "write ) where it ends");
                return null;
            }

            var piece = _text.AsSpan(from, end);
            var colon = piece.IndexOf(':');
            var value = piece[(colon + 1)..];
            var column = from + colon + 1 + (value.Length - value.TrimStart().Length);
            var written = value.Trim().ToString();
            if (written.Length == 0)
            {
                Fail(column, $"an argument of '{name}' is missing", "write a key, or name: key");
                return null;
            }

            if (written.AsSpan().IndexOfAny("( ") >= 0)
            {
                Fail(column, $"'{written}' is no key", "write one key, and ) where the parenthesis ends");
                return null;
            }

            arguments.Add(new FormulaArgument(colon < 0 ? "" : piece[..colon].Trim().ToString(), written, column + 1));
            _at = from + end + 1;
            if (_text[_at - 1] == ')')
            {
                return arguments;
            }
        }
    }

    private char? Peek()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : null;
    }

    private Formula? Fail(int at, string problem, string remedy)
    {
        _error ??= new FormulaError(at + 1, problem, remedy);
        return null;
    }
}
