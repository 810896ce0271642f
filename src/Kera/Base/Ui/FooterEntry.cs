namespace Kera.Base.Ui;

/// <summary>
/// One link of the footer. A feature registers its own in the service collection, as it does with <see cref="NavigationEntry"/>.
/// </summary>
/// <param name="Order">Its place; lower comes first.</param>
/// <param name="TextKey">The key of its name.</param>
/// <param name="Path">The page's address after the language, as <c>/about</c>.</param>
/// <param name="OfThisPage">Whether it is told which page it was followed from, as <c>?page=/flows</c>; of pages that are not for all without their query, which may hold a code.</param>
public sealed record FooterEntry(int Order, string TextKey, string Path, bool OfThisPage = false);
