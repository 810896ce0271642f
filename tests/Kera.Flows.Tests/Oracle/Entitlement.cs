namespace Kera.Flows.Tests.Oracle;

/// <summary>§5 of the rules: who may do what to a resource that exists.</summary>
internal static class Entitlement
{
    public static bool OnResource(string action, EconomicEvent happening, Holding holding) => action switch
    {
        "produce" or "raise" => happening.Receiver == holding.Accountable,
        "transfer" or "transferAllRights" => happening.Provider == holding.Accountable,
        _ => holding.HeldOrOwnedBy(happening.Provider),
    };

    /// <param name="action">The action's name.</param>
    /// <param name="happening">The event.</param>
    /// <param name="from">The resource; null for a one-sided import.</param>
    /// <param name="target">The to-resource.</param>
    public static bool OnToResource(string action, EconomicEvent happening, Holding? from, Holding target) => action switch
    {
        "transfer" or "copy" => happening.Receiver == target.Accountable && happening.Receiver == target.Custodian,
        "transferAllRights" => happening.Receiver == target.Accountable,
        "transferCustody" => happening.Receiver == target.Custodian && from!.Accountable == target.Accountable,
        "move" => from!.Custodian == target.Custodian && from.Accountable == target.Accountable,
        _ => true,
    };
}
