using Kera.Base.Accounts;

namespace Kera.Base.Ui;

/// <summary>Something that waits for who is signed in. A feature registers its own in the service collection; <em>Today</em> shows them first.</summary>
/// <param name="Order">Its place; lower comes first.</param>
/// <param name="Find">What waits for whom; null where nothing does.</param>
public sealed record Need(int Order, Func<HttpContext, SignedIn, Task<NeedLine?>> Find);

/// <summary>What waits.</summary>
/// <param name="Text">In the reader's language.</param>
/// <param name="Path">Where it is dealt with, after the language.</param>
public sealed record NeedLine(string Text, string Path);
