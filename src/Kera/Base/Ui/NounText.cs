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

    /// <summary>What an agent does in the district; empty where nobody said.</summary>
    public static string Role(this AgentRow row, Language language) =>
        language == Language.Finnish ? row.RoleFi : language == Language.Swedish ? row.RoleSv : row.RoleEn;
}
