using Kera.Base.Store;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <content>The kept sums and states, compared with what the entries give.</content>
public sealed partial class LedgerVerifier
{
    private sealed partial class Run
    {
        private const string AttributeColumns = "accountable_id, custodian_id, location_id, container_id, stage_id, state, in_process_by, in_process_of_id, in_process";

        public void CompareBalances()
        {
            var replayed = _book.TakeChanges().ToDictionary(change => change.Resource.Id);
            var stored = new HashSet<int>();
            using (var rows = Read($"SELECT resource_id, accounting, onhand, last_effect_time, {AttributeColumns} FROM balance ORDER BY resource_id"))
            {
                while (rows.Read())
                {
                    var id = rows.GetInt32(0);
                    stored.Add(id);
                    var where = $"balance {KeyOf(id)}";
                    if (!replayed.TryGetValue(id, out var change))
                    {
                        Fault(where, "no event brings this resource into being.");
                        continue;
                    }

                    Compare(where, "accounting", rows.GetInt64(1), change.State.Accounting.Millionths);
                    Compare(where, "onhand", rows.GetInt64(2), change.State.Onhand.Millionths);
                    Compare(where, "last_effect_time", rows.GetInt64(3), change.LastEffectTime);
                    CompareAttributes(where, rows, 4, change.State);
                }
            }

            foreach (var change in replayed.Values.Where(change => change.State.Exists && !stored.Contains(change.Resource.Id)))
            {
                Fault($"balance {change.Resource.Key}", "the row is missing.");
            }

            CompareVersions(replayed);
        }

        public void CompareTotals()
        {
            CompareTotals("flow_day", "day", _days);
            CompareTotals("flow_month", "month", _months);
        }

        public void CompareCommitments()
        {
            // The rows of the snapshot, not those in memory: a writer beside this goes on.
            foreach (var row in PlainRows.Read<CommitmentRow>(connection))
            {
                if (_commitments.TryGetValue(row.Id, out var promised))
                {
                    Compare($"commitment {row.Key}", "fulfilled", row.Fulfilled, _book.FulfilledOf(promised).Millionths);
                }

                if (!_newestPromise.TryGetValue($"{Promises.CommitmentKind} {row.Key}", out var entry) || entry.Version != row.Version ||
                    !Promises.Content(row, catalog.AudienceKey(row.AudienceId), catalog).AsSpan().SequenceEqual(entry.Content))
                {
                    Fault($"commitment {row.Key}", "the row is not its newest version in the chain.");
                }
            }

            foreach (var row in PlainRows.Read<AgreementRow>(connection))
            {
                if (!_newestPromise.TryGetValue($"{Promises.AgreementKind} {row.Key}", out var entry) || entry.Version != row.Version ||
                    !Promises.Content(row, catalog.AudienceKey(row.AudienceId)).AsSpan().SequenceEqual(entry.Content))
                {
                    Fault($"agreement {row.Key}", "the row is not its newest version in the chain.");
                }
            }

            foreach (var position in _links.Keys)
            {
                Fault($"fulfilment {position}", "there is no such event.");
            }
        }

        private void CompareVersions(Dictionary<int, ResourceChange> replayed)
        {
            var expected = replayed.Values.SelectMany(change => change.Versions.Select(version => (change.Resource.Id, version))).ToDictionary(each => (each.Id, each.version.EffectTime, each.version.Position), each => each.version.Attributes);
            using (var rows = Read($"SELECT resource_id, effect_time, position, {AttributeColumns} FROM resource_version"))
            {
                while (rows.Read())
                {
                    var where = $"resource_version {KeyOf(rows.GetInt32(0))} at event {rows.GetInt64(2)}";
                    if (expected.Remove((rows.GetInt32(0), rows.GetInt64(1), rows.GetInt64(2)), out var attributes))
                    {
                        CompareAttributes(where, rows, 3, attributes);
                    }
                    else
                    {
                        Fault(where, "no event changed the resource there.");
                    }
                }
            }

            foreach (var (id, _, position) in expected.Keys)
            {
                Fault($"resource_version {KeyOf(id)} at event {position}", "the row is missing.");
            }
        }

        private void CompareTotals(string table, string period, Dictionary<(int Flow, int Period), Totals> expected)
        {
            using (var rows = Read($"SELECT flow_id, {period}, quantity, effort, events FROM {table}"))
            {
                while (rows.Read())
                {
                    var where = $"{table} of flow {rows.GetInt32(0)}, {period} {rows.GetInt32(1)}";
                    expected.Remove((rows.GetInt32(0), rows.GetInt32(1)), out var totals);
                    Compare(where, "quantity", rows.GetInt64(2), totals.Quantity);
                    Compare(where, "effort", rows.GetInt64(3), totals.Effort);
                    Compare(where, "events", rows.GetInt64(4), totals.Events);
                }
            }

            foreach (var (flow, number) in expected.Keys)
            {
                Fault($"{table} of flow {flow}, {period} {number}", "the row is missing.");
            }
        }

        private void CompareAttributes(string where, System.Data.Common.DbDataReader rows, int first, in ResourceState state)
        {
            Compare(where, "accountable_id", Int(rows, first), state.Accountable?.Id);
            Compare(where, "custodian_id", Int(rows, first + 1), state.Custodian?.Id);
            Compare(where, "location_id", Int(rows, first + 2), state.Location?.Id);
            Compare(where, "container_id", Int(rows, first + 3), state.Container?.Id);
            Compare(where, "stage_id", Int(rows, first + 4), state.Stage?.Id);
            Compare(where, "state", rows.IsDBNull(first + 5) ? null : rows.GetString(first + 5), state.State);
            Compare(where, "in_process_by", Int(rows, first + 6), state.InProcessBy?.Id);
            Compare(where, "in_process_of_id", Int(rows, first + 7), state.InProcessOf?.Id);
            Compare(where, "in_process", rows.GetInt64(first + 8), state.InProcess.Millionths);
        }

        private void Compare<TValue>(string where, string column, TValue stored, TValue expected)
        {
            if (!EqualityComparer<TValue>.Default.Equals(stored, expected))
            {
                Fault(where, $"{column} is {stored?.ToString() ?? "empty"}, but the entries give {expected?.ToString() ?? "nothing"}.");
            }
        }

        private string KeyOf(int resourceId) => catalog.Resources.Knows(resourceId) ? catalog.Resources.Get(resourceId).Noun.Key : $"number {resourceId}";
    }
}
