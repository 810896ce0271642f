using System.Data;
using System.Data.Common;

namespace Kera.Base.Access;

/// <summary>Parameters of plain commands, alike on both providers.</summary>
internal static class CommandParameters
{
    /// <summary>Binds a value; null becomes the database's null.</summary>
    public static void Bind(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        if (value is null)
        {
            // Without a type PostgreSQL would take an untyped null for text.
            parameter.DbType = DbType.Int64;
        }

        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
