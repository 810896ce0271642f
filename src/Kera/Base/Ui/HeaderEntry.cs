namespace Kera.Base.Ui;

/// <summary>
/// One link of the header beside the languages, shown as an icon on every screen. A feature registers its own in the service
/// collection, as it does with <see cref="NavigationEntry"/>; only what everyone knows by its icon belongs here.
/// </summary>
/// <param name="Order">Its place; lower comes first.</param>
/// <param name="TextKey">The key of its name, which is heard and shown when one points at it.</param>
/// <param name="Path">The page's address after the language, as <c>/search</c>.</param>
/// <param name="Icon">Its icon (see <see cref="Icons"/>); the one named with <c>-fill</c> marks the current page.</param>
public sealed record HeaderEntry(int Order, string TextKey, string Path, string Icon);

/// <summary>
/// One link in the head of every page, for the browser. A feature registers its own in the service collection.
/// </summary>
/// <param name="Rel">What it is to the page, as <c>search</c>.</param>
/// <param name="Type">The media type.</param>
/// <param name="TextKey">The key of its title.</param>
/// <param name="Path">The address after the language.</param>
public sealed record HeadLink(string Rel, string Type, string TextKey, string Path);
