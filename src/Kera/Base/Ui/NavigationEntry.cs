namespace Kera.Base.Ui;

/// <summary>
/// One entry of the main navigation. A feature registers its own in the service collection, so that the frame knows no
/// feature and navigation lists only pages that exist.
/// </summary>
/// <param name="Order">Its place; lower comes first.</param>
/// <param name="TextKey">The key of its name.</param>
/// <param name="Path">The page's address after the language, as <c>/flows</c>.</param>
/// <param name="Icon">Its icon (see <see cref="Icons"/>); the one named with <c>-fill</c> marks the current page.</param>
/// <param name="Tab">Whether it is in the tab bar of a phone, which has room for five; else a phone has it in the footer.</param>
public sealed record NavigationEntry(int Order, string TextKey, string Path, string Icon, bool Tab = true);
