using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Kera.Base.Backup;

/// <summary>Something that cannot be backed up or restored.</summary>
/// <param name="sentence">What is wrong and what would be right.</param>
/// <param name="damaged">Whether it is the backup that is wrong; else it was asked for in a way that cannot be.</param>
public sealed class BackupException(string sentence, bool damaged = false) : Exception(sentence)
{
    /// <summary>Whether it is the backup that is wrong.</summary>
    public bool Damaged { get; } = damaged;
}

/// <summary>What a backup says of itself.</summary>
/// <param name="Format">The version of the backup's form: 1.</param>
/// <param name="Provider">sqlite or postgres: it goes back into the same.</param>
/// <param name="District">Whose data they are.</param>
/// <param name="Demonstration">Whether they are those of its demonstration.</param>
/// <param name="Schema">The newest migration.</param>
/// <param name="Created">When it was taken; RFC 3339.</param>
/// <param name="Position">The newest entry of the chain in it.</param>
/// <param name="Head">That entry's hash, hexadecimal.</param>
/// <param name="Sha256">Of the data as they lie in the backup, unpacked; hexadecimal.</param>
public sealed record BackupManifest(int Format, string Provider, string District, bool Demonstration, string Schema, string Created, long Position, string Head, string Sha256);

/// <summary>
/// A backup is one file, a zip of two entries: <c>manifest.json</c>, and the data as the database's own tools write them, so
/// that they can be had without Kera too.
/// </summary>
internal static class BackupFile
{
    private const int Format = 1;
    private const string ManifestEntry = "manifest.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string DataEntry(string provider) => provider == "sqlite" ? "kera.db" : "kera.dump";

    /// <summary>Packs data into a file, reads it back, and puts it in its place whole.</summary>
    public static async Task<BackupManifest> WriteAsync(string file, string data, BackupManifest manifest, CancellationToken cancellation)
    {
        var unfinished = file + ".unfinished";
        try
        {
            await using (var source = File.OpenRead(data))
            {
                manifest = manifest with { Format = Format, Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(source, cancellation)) };
            }

            await using (var target = Create(unfinished))
            {
                using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
                {
                    await using (var entry = zip.CreateEntry(ManifestEntry).Open())
                    {
                        await JsonSerializer.SerializeAsync(entry, manifest, Json, cancellation);
                    }

                    await using var packed = zip.CreateEntry(DataEntry(manifest.Provider), CompressionLevel.Fastest).Open();
                    await using var source = File.OpenRead(data);
                    await source.CopyToAsync(packed, cancellation);
                }

                target.Flush(flushToDisk: true);
            }

            await ReadAsync(unfinished, unpackTo: null, cancellation);
            File.Move(unfinished, file, overwrite: true);
            return manifest;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Reads what a backup says of itself and checks its data against that; unpacks them where told.</summary>
    /// <exception cref="BackupException">It is no backup, damaged, or of a later form.</exception>
    public static async Task<BackupManifest> ReadAsync(string file, string? unpackTo, CancellationToken cancellation)
    {
        try
        {
            await using var source = File.OpenRead(file);
            using var zip = new ZipArchive(source, ZipArchiveMode.Read);
            var manifest = await ManifestAsync(zip, cancellation);
            await using var packed = (zip.GetEntry(DataEntry(manifest.Provider)) ?? throw Damaged(file, "its data are missing")).Open();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var target = unpackTo is null ? Stream.Null : Create(unpackTo))
            {
                var buffer = new byte[1 << 20];
                for (var read = await packed.ReadAsync(buffer, cancellation); read > 0; read = await packed.ReadAsync(buffer, cancellation))
                {
                    hash.AppendData(buffer, 0, read);
                    await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
                }
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset()) == manifest.Sha256 ? manifest : throw Damaged(file, "its data are not those that were put in");
        }
        catch (Exception mistake) when (mistake is InvalidDataException or JsonException)
        {
            throw Damaged(file, mistake.Message);
        }
        catch (Exception mistake) when (mistake is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup cannot be read: {mistake.Message}");
        }

        async Task<BackupManifest> ManifestAsync(ZipArchive zip, CancellationToken cancellation)
        {
            await using var entry = (zip.GetEntry(ManifestEntry) ?? throw Damaged(file, "it holds no manifest")).Open();
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(entry, Json, cancellation);
            return manifest is { Format: > 0, Provider: "sqlite" or "postgres", Head: not null, Schema: not null, Sha256: not null, District: not null }
                ? manifest.Format == Format ? manifest : throw new BackupException($"'{file}' was made by a later Kera, in form {manifest.Format}. Restore it with that.")
                : throw Damaged(file, "its manifest is not one");
        }
    }

    /// <summary>A folder for unfinished data, which its owner alone may enter; what one that was killed left in it is deleted.</summary>
    public static DirectoryInfo EmptyFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static BackupException Damaged(string file, string why) => new($"'{file}' is no whole backup: {why.TrimEnd('.')}. Nothing was restored; take another.", damaged: true);

    /// <summary>A file that its owner alone can read: names and addresses are in it.</summary>
    private static FileStream Create(string path)
    {
        // One that is there would keep the rights it has.
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
