using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Jobs;

/// <summary>Something that is kept for a time only. Features register their own with <see cref="RetentionExtensions.AddRetention"/>.</summary>
/// <param name="Name">Its name in the setting <c>Kera:Retention:&lt;name&gt;</c> and in the audit; lower case.</param>
/// <param name="Days">How long it is kept where no setting says otherwise.</param>
/// <param name="RemoveAsync">
/// Removes, or empties, what ended before a moment; gives how many rows. It runs in a transaction with the audit's line, and may
/// run again.
/// </param>
public sealed record RetentionRule(string Name, int Days, Func<KeraDb, Instant, CancellationToken, Task<int>> RemoveAsync);

/// <summary>Registers rules of retention.</summary>
public static class RetentionExtensions
{
    /// <summary>Registers a rule; features do so in <see cref="IFeature.AddServices"/>.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, RetentionRule rule) => services.AddSingleton(rule);

    /// <summary>Registers the daily job.</summary>
    internal static void AddKeraRetention(this IServiceCollection services, IDictionary<string, int> days)
    {
        services.AddSingleton(provider => new Retention(provider.GetServices<RetentionRule>(), days, provider.GetRequiredService<KeraStore>(), provider.GetRequiredService<IClock>()));
        services.AddJob(new Job("retention", JobTimes.Daily(new LocalTime(3, 30)), (provider, cancellation) => provider.GetRequiredService<Retention>().RunAsync(cancellation)));
    }
}

/// <summary>Removes what has been kept long enough.</summary>
public sealed class Retention
{
    private readonly IReadOnlyList<(RetentionRule Rule, int Days)> _rules;
    private readonly KeraStore _store;
    private readonly IClock _clock;

    /// <summary>Takes the rules, and how many days the settings give them.</summary>
    /// <exception cref="SettingException">A setting names no rule, or less than a day.</exception>
    /// <exception cref="InvalidOperationException">Two rules have one name.</exception>
    public Retention(IEnumerable<RetentionRule> rules, IDictionary<string, int> days, KeraStore store, IClock clock)
    {
        (_store, _clock) = (store, clock);
        var known = rules.ToList();
        if (known.GroupBy(rule => rule.Name).FirstOrDefault(named => named.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"There are two rules of retention named '{twice.Key}'.");
        }

        foreach (var (name, given) in days)
        {
            if (known.TrueForAll(rule => rule.Name != name))
            {
                throw new SettingException($"Retention:{name}", $"Nothing is kept under this name. Use one of: {string.Join(", ", known.Select(rule => rule.Name))}.");
            }

            if (given is < 1 or > 36_500)
            {
                throw new SettingException($"Retention:{name}", "A number of days from 1 to 36,500 is needed.");
            }
        }

        _rules = [.. known.Select(rule => (rule, days.TryGetValue(rule.Name, out var given) ? given : rule.Days))];
    }

    /// <summary>Applies every rule, each in a transaction of its own.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        foreach (var (rule, days) in _rules)
        {
            var now = _clock.GetCurrentInstant();
            await using var db = _store.OpenContext();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var removed = await rule.RemoveAsync(db, now - Duration.FromDays(days), cancellation);
            if (removed > 0)
            {
                Audit.Add(db, Actor.Job(), now, "retention", $"{rule.Name}: {removed}");
                await db.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
            }
        }
    }
}
