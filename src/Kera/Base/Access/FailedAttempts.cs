namespace Kera.Base.Access;

/// <summary>How often an address may come with a wrong token: after 20 in a minute it waits, also with a right one.</summary>
public sealed class FailedAttempts() : AddressLimit(20, TimeSpan.FromMinutes(1))
{
    /// <summary>What is said to who must wait.</summary>
    internal const string Sentence = "Too many wrong tokens from this address. Wait a minute, then try with a right one.";
}
