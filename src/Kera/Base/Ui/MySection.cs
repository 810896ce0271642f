using Kera.Base.Accounts;

namespace Kera.Base.Ui;

/// <summary>A part of a person's own page. A feature registers its own in the service collection.</summary>
/// <param name="Order">Its place; lower comes first.</param>
/// <param name="Build">What it shows to whom; null where it has nothing for them.</param>
public sealed record MySection(int Order, Func<HttpContext, SignedIn, Task<MySectionContent?>> Build);

/// <summary>What a part of a person's own page shows.</summary>
/// <param name="Id">The heading's id on the page.</param>
/// <param name="TitleKey">The key of the heading.</param>
/// <param name="Component">The component below it.</param>
/// <param name="Parameters">Its parameters.</param>
public sealed record MySectionContent(string Id, string TitleKey, Type Component, IDictionary<string, object> Parameters);
