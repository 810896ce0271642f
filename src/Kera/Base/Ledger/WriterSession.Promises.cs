using Kera.Base.Access;
using Kera.Base.Store;

namespace Kera.Base.Ledger;

/// <content>Agreements, commitments and targets: their rows, and their versions in the chain. A target has no row.</content>
internal sealed partial class WriterSession
{
    public AppendOutcome Put(AgreementInput input, Actor actor)
    {
        var before = _catalog.Find(_catalog.Agreements, input.Key)?.Row;
        if (before is { Origin: Origin.File } && input.Origin != Origin.File)
        {
            return new AppendOutcome([], new TakenByFiles(input.Key), 0);
        }

        var audience = Catalog.AudienceKeyOf(input.Audience);
        var row = new AgreementRow
        {
            Key = input.Key,
            NameFi = input.NameFi,
            NameSv = input.NameSv,
            NameEn = input.NameEn,
            Origin = input.Origin,
            Source = input.Source,
            AudienceId = AudienceId(audience),
            Version = before?.Version ?? 0,
        };
        var content = Promises.Content(row, audience);
        var changed = before is null || before.AudienceId != row.AudienceId;
        if (!changed && SameNames(before!, row))
        {
            return new AppendOutcome([new AppendedEvent(_written, null, WasThere: true)], null, -1);
        }

        row.Version += changed ? 1 : 0;
        row.Id = _tables.Put(_transaction!, row);
        _afterCommit.Add(() => _catalog.Put(row));
        return Enter(Promises.AgreementKind, row.Key, row.Version, changed ? content : null, actor);
    }

    public AppendOutcome Put(CommitmentInput input, Actor actor)
    {
        var before = _catalog.Find(_catalog.Commitments, input.Key)?.Row;
        if (Promises.ToRow(input, before, _catalog, AudienceId, out var refusal) is not { } row)
        {
            return new AppendOutcome([], refusal, 0);
        }

        var audience = Catalog.AudienceKeyOf(input.Audience.Count > 0 ? input.Audience : [input.Provider, input.Receiver]);
        var content = Promises.Content(row, audience, _catalog);
        var changed = before is null || !Promises.Content(before, _catalog.AudienceKey(before.AudienceId), _catalog).AsSpan().SequenceEqual(content);
        if (!changed && SameNames(before!, row))
        {
            return new AppendOutcome([new AppendedEvent(_written, null, WasThere: true)], null, -1);
        }

        row.Version += changed ? 1 : 0;
        row.Id = _tables.Put(_transaction!, row);
        _afterCommit.Add(() => _catalog.Put(row));
        return Enter(Promises.CommitmentKind, row.Key, row.Version, changed ? content : null, actor);
    }

    public AppendOutcome Put(TargetInput input, Actor actor)
    {
        if (_catalog.Find(_catalog.Agreements, input.ClauseOf) is null)
        {
            return new AppendOutcome([], new UnknownNoun("clauseOf", "agreement", input.ClauseOf, null), 0);
        }

        var content = Promises.Content(input);
        var before = _tables.NewestPromise(_transaction!, Promises.TargetKind, input.Key);
        return before is { } known && known.Content.AsSpan().SequenceEqual(content)
            ? new AppendOutcome([new AppendedEvent(_written, null, WasThere: true)], null, -1)
            : Enter(Promises.TargetKind, input.Key, (before?.Version ?? 0) + 1, content, actor);
    }

    private static bool SameNames(NounRow left, NounRow right) =>
        left.NameFi == right.NameFi && left.NameSv == right.NameSv && left.NameEn == right.NameEn && left.Source == right.Source && left.Retired == right.Retired && left.Origin == right.Origin;

    /// <summary>Enters a new version of a promise into the chain; without content only its words changed, which are not in the chain.</summary>
    private AppendOutcome Enter(string kind, string key, int version, byte[]? content, Actor actor)
    {
        _dirty = true;
        var position = _book.NextPosition;
        if (content is null)
        {
            _tables.AddAudit(_transaction!, _now, actor, kind, key, null, null);
            return new AppendOutcome([new AppendedEvent(position - 1, null, WasThere: true)], null, -1);
        }

        _hash = CanonicalEncoding.Hash(_hash, _encoding.Encode(position, kind, key, version, _now, content));
        _tables.AddPromise(_transaction!, position, kind, key, version, content, _now, _hash);
        _tables.AddAudit(_transaction!, _now, actor, kind, key, position, position);
        _book.NextPosition++;
        return new AppendOutcome([new AppendedEvent(position, null, WasThere: false)], null, -1);
    }
}
