using Kera.Base.District;
using Kera.Base.Store;

namespace Kera.Base.Ui;

/// <summary>What nouns are called in a language.</summary>
public static class NounText
{
    /// <summary>The name; the key where it has none in the language.</summary>
    public static string Name(this NounRow row, Language language)
    {
        var name = language == Language.Finnish ? row.NameFi : language == Language.Swedish ? row.NameSv : row.NameEn;
        return name.Length > 0 ? name : row.Key;
    }

    /// <summary>The names in all languages; the key where it has none in one.</summary>
    public static LocalizedText Names(this NounRow row) => new(row.Name(Language.Finnish), row.Name(Language.Swedish), row.Name(Language.English));

    /// <summary>What an agent does in the district; empty where nobody said.</summary>
    public static string Role(this AgentRow row, Language language) =>
        language == Language.Finnish ? row.RoleFi : language == Language.Swedish ? row.RoleSv : row.RoleEn;

    /// <summary>What an agent does in the district, in all languages.</summary>
    public static LocalizedText Roles(this AgentRow row) => new(row.RoleFi, row.RoleSv, row.RoleEn);
}
