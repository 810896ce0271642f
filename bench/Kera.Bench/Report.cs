using System.Globalization;
using System.Text;

namespace Kera.Bench;

/// <summary>What a scenario measured, as a Markdown table with the machine below it.</summary>
internal sealed class Report
{
    private readonly List<(string What, string Measured, string Goal)> _rows = [];
    private readonly StringBuilder _notes = new();

    /// <summary>Whether every goal that has a number was reached.</summary>
    public bool GoalsMet { get; private set; } = true;

    public void Add(string what, string measured) => _rows.Add((what, measured, ""));

    /// <summary>A rate that is to be at least so high.</summary>
    public void AtLeast(string what, double measured, double goal, string unit) =>
        AddJudged(what, measured, goal, unit, measured >= goal, "≥");

    /// <summary>A time or the like that is to be at most so large.</summary>
    public void AtMost(string what, double measured, double goal, string unit) =>
        AddJudged(what, measured, goal, unit, measured <= goal, "≤");

    public void Note(string sentence) => _notes.Append("- ").AppendLine(sentence);

    public void Write(string title, TextWriter output)
    {
        var text = new StringBuilder().Append("# ").AppendLine(title).AppendLine().AppendLine("| what | measured | goal |").AppendLine("| --- | ---: | --- |");
        foreach (var (what, measured, goal) in _rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {measured} | {goal} |").AppendLine();
        }

        text.AppendLine().Append(_notes).Append("- ").AppendLine(Machine.Describe());
        output.Write(text);
    }

    public static string Number(double value) => value.ToString(value < 100 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    private void AddJudged(string what, double measured, double goal, string unit, bool met, string sign)
    {
        GoalsMet &= met;
        _rows.Add((what, $"{Number(measured)} {unit}".TrimEnd(), $"{sign} {Number(goal)} {unit}".TrimEnd() + (met ? ", met" : ", missed")));
    }
}
