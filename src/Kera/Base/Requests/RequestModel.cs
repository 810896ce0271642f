using Kera.Base.Accounts;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Requests;

/// <summary>A kind of request that people may make. A feature registers its own in the service collection.</summary>
/// <param name="Order">Its place in the form; lower comes first.</param>
/// <param name="Key">Its word in the store; its name is the text <c>ask.{Key}</c>, what it is for <c>ask.{Key}.lead</c>.</param>
/// <param name="Holder">The office that gets it first.</param>
/// <param name="Days">In how many days it is answered.</param>
public sealed record RequestKind(int Order, string Key, Role Holder, int Days);

/// <summary>A request as somebody makes it.</summary>
/// <param name="Kind">A registered kind.</param>
/// <param name="AgentId">Who asks; null where nobody is signed in.</param>
/// <param name="Email">Where the answer is to be mailed; empty for nowhere.</param>
/// <param name="Language">Of the answer's mail.</param>
/// <param name="Page">The page that it is about, after the language; empty for none.</param>
/// <param name="Text">What is asked, at most 5,000 characters.</param>
public sealed record NewRequest(string Kind, int? AgentId, string Email, string Language, string Page, string Text);

/// <summary>A kind of request whose holder the asking feature names, and who answers it on a page of that feature. A feature registers its own in the service collection.</summary>
/// <param name="Key">Its word in the store.</param>
/// <param name="DeskPathOf">Where the partner of a key answers, after the language.</param>
public sealed record HeldKind(string Key, Func<string, string> DeskPathOf);

/// <summary>What somebody asks of a holder whom no kind names, as of who keeps their building.</summary>
/// <param name="Kind">Its word in the store; its name is the text <c>ask.{Kind}</c>.</param>
/// <param name="Holder">Who gets it.</param>
/// <param name="Days">In how many days it is answered.</param>
/// <param name="AgentId">Who asks; null where somebody without a place here does, as on paper.</param>
/// <param name="Language">Of the asker.</param>
/// <param name="Text">What is asked, at most 5,000 characters.</param>
/// <param name="Details">What else belongs to it, as JSON that its feature writes; goes with the request wherever that goes.</param>
public sealed record HeldRequest(string Kind, RoleGrant Holder, int Days, int? AgentId, string Language, string Text, string Details);

/// <summary>A request just made.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Code">By which whoever made it comes back; shown this once.</param>
public sealed record IssuedRequest(int Id, string Code);

/// <summary>A step of a request.</summary>
public sealed record RequestMove(RequestStep Step, RoleGrant Holder, Instant At);

/// <summary>A request, as who asked and who answers see it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">Its kind's word.</param>
/// <param name="Text">What was asked.</param>
/// <param name="Page">The page that it is about; empty for none.</param>
/// <param name="Created">When.</param>
/// <param name="Due">By when it is answered.</param>
/// <param name="Holder">The office that has it, or the partner.</param>
/// <param name="TakenById">Who of that office took it; only the office itself is told.</param>
/// <param name="Answered">When it was; null while it waits.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Steps">What happened to it, the oldest first.</param>
/// <param name="AgentId">Who asked; shown to nobody, for what a look at it is recorded by.</param>
/// <param name="Details">What else belongs to it; empty for nothing.</param>
/// <param name="Language">In which the answer is read, by its code.</param>
public sealed record RequestView(
    int Id, string Kind, string Text, string Page, Instant Created, Instant Due, RoleGrant Holder, int? TakenById, Instant? Answered, string Answer, IReadOnlyList<RequestMove> Steps, int? AgentId, string Details, string Language)
{
    /// <summary>Whether its day is over and nobody has answered.</summary>
    public bool IsLate(Instant now) => Answered is null && Due < now;
}
