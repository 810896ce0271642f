using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>What stands in the chain beside the event itself.</summary>
/// <param name="IdempotencyKey">The key that makes it once.</param>
/// <param name="Audience">Who may read it.</param>
/// <param name="DeclaredFlow">The key of the declared flow, null where there is none.</param>
/// <param name="TextDigest">The salted digest of its words.</param>
public readonly record struct EventSeal(string? IdempotencyKey, string Audience, string? DeclaredFlow, byte[]? TextDigest);

/// <summary>
/// The bytes over which the chain's hashes run, the same on every database: version 1. A text is its UTF-8 length plus one as
/// a varint, then its bytes; nothing is 0. A number is a 1 and eight bytes, little end first; nothing is 0. Nouns stand by key,
/// so that no storage number is in the chain. The order of fields is that of the code below and is documented in
/// docs/concepts/chain.md.
/// </summary>
public sealed class CanonicalEncoding
{
    /// <summary>The version of the encoding: the first byte.</summary>
    public const byte Version = 1;

    private const byte EventKind = 1;
    private const byte PromiseKind = 2;

    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>The bytes of an event.</summary>
    public ReadOnlySpan<byte> Encode(EconomicEvent e, EventSeal seal)
    {
        _length = 0;
        Byte(Version);
        Byte(EventKind);
        Number(e.Position);
        Text(seal.IdempotencyKey);
        Text(e.Action.Name);
        Text(e.Provider.Key);
        Text(e.Receiver.Key);
        Text(e.InputOf?.Key);
        Text(e.OutputOf?.Key);
        Text(e.Resource?.Key);
        Text(e.ToResource?.Key);
        Text(e.Specification?.Key);
        Number(e.ResourceQuantity?.Millionths);
        Text(e.ResourceQuantity is null ? null : e.Specification!.Unit.Code);
        Number(e.EffortQuantity?.Millionths);
        Text(e.EffortQuantity is null ? null : e.EffortUnit!.Code);
        Number(e.PointInTime);
        Number(e.Beginning);
        Number(e.End);
        Text(e.ToLocation?.Key);
        Text(e.State);
        Number(e.Corrects);
        Byte(e.HasReason ? (byte)1 : (byte)0);
        Text(e.RealizationOf?.Key);
        Text(seal.Audience);
        Text(seal.DeclaredFlow);
        Raw(seal.TextDigest);
        Number(e.Created);
        Number(e.Fulfills.Count);
        foreach (var link in e.Fulfills)
        {
            Text(link.Commitment.Key);
            Number(link.Quantity.Millionths);
        }

        return _bytes.AsSpan(0, _length);
    }

    /// <summary>The bytes of a version of an agreement or a commitment.</summary>
    /// <param name="position">Its place in the log.</param>
    /// <param name="kind">agreement or commitment.</param>
    /// <param name="subject">Its key.</param>
    /// <param name="version">1 for the first.</param>
    /// <param name="created">Microseconds since 1970 UTC.</param>
    /// <param name="content">The rest, as <see cref="Promises"/> wrote it.</param>
    public ReadOnlySpan<byte> Encode(long position, string kind, string subject, int version, long created, ReadOnlySpan<byte> content)
    {
        _length = 0;
        Byte(Version);
        Byte(PromiseKind);
        Number(position);
        Text(kind);
        Text(subject);
        Number(version);
        Number(created);
        Raw(content);
        return _bytes.AsSpan(0, _length);
    }

    /// <summary>The hash of an entry: SHA-256 over the hash of the one before and the entry's bytes.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> entry)
    {
        Span<byte> joined = entry.Length <= 2048 ? stackalloc byte[previous.Length + entry.Length] : new byte[previous.Length + entry.Length];
        previous.CopyTo(joined);
        entry.CopyTo(joined[previous.Length..]);
        return SHA256.HashData(joined);
    }

    /// <summary>The salted digest of an event's words.</summary>
    public static byte[] DigestText(ReadOnlySpan<byte> salt, string note, string reason)
    {
        var noteLength = Encoding.UTF8.GetByteCount(note);
        var bytes = new byte[salt.Length + noteLength + 1 + Encoding.UTF8.GetByteCount(reason)];
        salt.CopyTo(bytes);
        Encoding.UTF8.GetBytes(note, bytes.AsSpan(salt.Length));
        Encoding.UTF8.GetBytes(reason, bytes.AsSpan(salt.Length + noteLength + 1));
        return SHA256.HashData(bytes);
    }

    private void Byte(byte value)
    {
        Reserve(1);
        _bytes[_length++] = value;
    }

    private void Number(long? value)
    {
        Reserve(9);
        if (value is not { } number)
        {
            _bytes[_length++] = 0;
            return;
        }

        _bytes[_length++] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_length), number);
        _length += 8;
    }

    private void Text(string? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        Length(length + 1);
        Reserve(length);
        _length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length));
    }

    private void Raw(ReadOnlySpan<byte> value)
    {
        Length(value.Length + 1);
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    private void Length(int value)
    {
        Reserve(5);
        while (value >= 0x80)
        {
            _bytes[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[_length++] = (byte)value;
    }

    private void Reserve(int more)
    {
        if (_length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
        }
    }
}
