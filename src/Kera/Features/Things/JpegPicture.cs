using System.Buffers.Binary;

namespace Kera.Features.Things;

/// <summary>
/// The picture of a JPEG and nothing else: where and with what it was taken, small copies, words and what hangs behind its end are left
/// out. What is not built as a picture that browsers show is none. Only what the picture has to be turned by is kept, written anew.
/// </summary>
internal static class JpegPicture
{
    private const byte Fill = 0xFF;
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;
    private const byte ColourTransform = 0xEE;
    private const int ColourTransformLength = 14;
    private const int MostPixels = 150_000_000;
    private const int MostOrientation = 8;

    private static ReadOnlySpan<byte> Exif => "Exif\0\0"u8;

    /// <summary>The picture alone; null for what is none, or is cut off.</summary>
    public static byte[]? Of(ReadOnlySpan<byte> file)
    {
        if (file is not [Fill, Start, ..])
        {
            return null;
        }

        using var picture = new MemoryStream(file.Length);
        var (at, orientation, framed, scanned) = (2, 1, false, false);
        while (Marker(file, ref at) is { } marker)
        {
            if (marker == End)
            {
                return scanned ? Written(orientation, picture) : null;
            }

            if (file.Length - at < 2 || BinaryPrimitives.ReadUInt16BigEndian(file[at..]) is var length && (length < 2 || length > file.Length - at))
            {
                return null;
            }

            var segment = file.Slice(at + 2, length - 2);
            at += length;
            switch (marker)
            {
                // Baseline, extended and progressive; one to a picture.
                case 0xC0 or 0xC1 or 0xC2 when !framed && IsFrame(segment):
                    framed = true;
                    break;
                // Tables of the codes, of the steps, and how often it may begin anew.
                case 0xC4 or 0xDB or 0xDD:
                case ColourTransform when length == ColourTransformLength:
                    break;
                case Scan when framed:
                    scanned = true;
                    break;
                case >= 0xE0 and <= 0xEF or >= 0xF0 and <= 0xFD or 0xFE:
                    orientation = marker == 0xE1 && segment.StartsWith(Exif) ? Orientation(segment[Exif.Length..]) : orientation;
                    continue;
                default:
                    return null;
            }

            Write(picture, marker, segment);
            if (marker == Scan)
            {
                var codes = Codes(file[at..]);
                picture.Write(codes);
                at += codes.Length;
            }
        }

        return null;
    }

    private static byte? Marker(ReadOnlySpan<byte> file, ref int at)
    {
        if (at >= file.Length || file[at] != Fill)
        {
            return null;
        }

        while (at < file.Length && file[at] == Fill)
        {
            at++;
        }

        return at < file.Length ? file[at++] : null;
    }

    // Eight bits a sample, one, three or four components, and not more than a camera gives.
    private static bool IsFrame(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 6)
        {
            return false;
        }

        var (height, width, components) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), frame[5]);
        return frame[0] == 8 && height > 0 && width > 0 && (long)height * width <= MostPixels && components is 1 or 3 or 4 && frame.Length == 6 + (3 * components);
    }

    // Up to the next marker; a code of all ones has a zero after it, and restarts are in the midst of codes.
    private static ReadOnlySpan<byte> Codes(ReadOnlySpan<byte> rest)
    {
        for (var at = 0; at + 1 < rest.Length; at++)
        {
            if (rest[at] == Fill && rest[at + 1] is not (0x00 or Fill or >= 0xD0 and <= 0xD7))
            {
                return rest[..at];
            }
        }

        return rest;
    }

    // From the first directory of the camera's notes, in either order of bytes.
    private static int Orientation(ReadOnlySpan<byte> notes)
    {
        const int Entry = 12;
        const ushort Tag = 0x0112;
        if (notes.Length < 8 || notes[0] != notes[1] || notes[0] is not ((byte)'I' or (byte)'M'))
        {
            return 1;
        }

        var little = notes[0] == 'I';
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(notes[4..]) : BinaryPrimitives.ReadUInt32BigEndian(notes[4..]);
        for (var (at, left) = ((long)directory + 2, directory + 2 <= notes.Length ? Short(notes, (int)directory, little) : 0); left > 0 && at + Entry <= notes.Length; (at, left) = (at + Entry, left - 1))
        {
            if (Short(notes, (int)at, little) == Tag)
            {
                return Short(notes, (int)at + 8, little) is >= 1 and <= MostOrientation and var orientation ? orientation : 1;
            }
        }

        return 1;

        static int Short(ReadOnlySpan<byte> notes, int at, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(notes[at..]) : BinaryPrimitives.ReadUInt16BigEndian(notes[at..]);
    }

    private static byte[] Written(int orientation, MemoryStream picture)
    {
        using var file = new MemoryStream((int)picture.Length + 64);
        file.Write([Fill, Start]);
        if (orientation > 1)
        {
            Write(file, 0xE1, [.. Exif, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]);
        }

        picture.WriteTo(file);
        file.Write([Fill, End]);
        return file.ToArray();
    }

    private static void Write(MemoryStream picture, byte marker, ReadOnlySpan<byte> segment)
    {
        Span<byte> head = [Fill, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(segment.Length + 2));
        picture.Write(head);
        picture.Write(segment);
    }
}
