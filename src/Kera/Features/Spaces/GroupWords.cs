using Kera.Base.District;
using Kera.Base.Groups;
using Kera.Base.Ui;

namespace Kera.Features.Spaces;

/// <summary>Groups in the reader's words.</summary>
internal static class GroupWords
{
    public static string Kind(PageContext page, DistrictSpaces spaces, string kind) => spaces.GroupKinds.GetValueOrDefault(kind)?.In(page.Language.Code) ?? kind;

    /// <summary>Groups to choose among, by key.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Options(IEnumerable<GroupView> groups) => [.. groups.Select(group => KeyValuePair.Create(group.Key, group.Name))];

    /// <summary>Kinds of groups to choose among, by key.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Kinds(PageContext page, DistrictSpaces spaces) => [.. spaces.GroupKinds.Select(kind => KeyValuePair.Create(kind.Key, kind.Value.In(page.Language.Code)))];
}
