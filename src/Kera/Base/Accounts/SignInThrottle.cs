using Kera.Base.Access;

namespace Kera.Base.Accounts;

/// <summary>
/// How often an address may fail to sign in: ten times in ten minutes, over all accounts, so that one password is not tried on
/// many. A single account is guarded beside it, wherever the attempts come from.
/// </summary>
public sealed class SignInThrottle() : AddressLimit(10, TimeSpan.FromMinutes(10));

/// <summary>How often an address may ask for codes for new passwords: each is a mail to somebody.</summary>
public sealed class ForgottenLimit() : AddressLimit(5, TimeSpan.FromHours(1));
