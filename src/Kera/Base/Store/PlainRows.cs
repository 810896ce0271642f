using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace Kera.Base.Store;

/// <summary>
/// Whole tables read into their rows by one plain query each. What every start needs is read so: Entity Framework would first
/// build its model and compile its queries, which takes half a second.
/// </summary>
internal static class PlainRows
{
    /// <summary>Reads rows of the table that keeps <typeparamref name="TRow"/>.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="condition">What follows WHERE, made of the program's own words and numbers; null for every row.</param>
    public static List<TRow> Read<TRow>(DbConnection connection, string? condition = null)
        where TRow : new()
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns<TRow>.List} FROM {KeraDb.TableName(typeof(TRow))}{(condition is null ? "" : $" WHERE {condition}")}";
        using var reader = command.ExecuteReader();
        var rows = new List<TRow>();
        while (reader.Read())
        {
            var row = new TRow();
            for (var column = 0; column < Columns<TRow>.All.Length; column++)
            {
                if (!reader.IsDBNull(column))
                {
                    var (property, type) = Columns<TRow>.All[column];
                    property.SetValue(row, Value(reader, column, type));
                }
            }

            rows.Add(row);
        }

        return rows;
    }

    private static object Value(DbDataReader reader, int column, Type type) =>
        type == typeof(string) ? reader.GetString(column)
        : type == typeof(int) ? reader.GetInt32(column)
        : type == typeof(long) ? reader.GetInt64(column)
        : type == typeof(bool) ? reader.GetBoolean(column)
        : type.IsEnum ? Enum.ToObject(type, reader.GetInt32(column))
        : throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"A column of type {type} is not read plainly yet."));

    private static class Columns<TRow>
    {
        public static readonly (PropertyInfo Property, Type Type)[] All =
            [.. typeof(TRow).GetProperties().Select(property => (property, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType))];

        public static readonly string List = string.Join(", ", All.Select(column => KeraDb.ColumnName(column.Property)));
    }
}
