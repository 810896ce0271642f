namespace Kera.Base.District.Reading;

/// <summary>Keeps the first of two fields with one name, and reports the second.</summary>
internal static class DuplicateField
{
    public static void Add(List<FileField> fields, FileField field, FileReport report)
    {
        var first = fields.FindIndex(other => other.Name == field.Name);
        if (first < 0)
        {
            fields.Add(field);
            return;
        }

        report.Add(field.Line, field.Column, $"'{field.Name}' is here twice (first in line {fields[first].Line})", "keep one of the two");
    }
}
