using System.Security.Cryptography;
using System.Text;

namespace Kera.Base.Hosting;

/// <summary>One word for all that is in a folder's files.</summary>
internal static class FolderDigest
{
    /// <summary>SHA-256 over names and contents, and over the build of this program, which may read the same files otherwise.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(FolderDigest).Module.ModuleVersionId.ToByteArray());
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, file)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
