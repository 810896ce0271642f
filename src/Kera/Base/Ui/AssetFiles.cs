using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Kera.Base.Ui;

/// <summary>
/// Styles, marks, fonts and scripts, carried inside the assembly and served under <c>/assets/</c>. An address with the content's
/// own hash is kept by browsers for a year, any other is asked for again.
/// </summary>
public static class AssetFiles
{
    private const string Prefix = "wwwroot/";

    // The order matters only for the layers, which base.css names; one file is one request.
    private static readonly string[] Styles = ["tokens.css", "base.css", "layout.css", "components.css", "data.css", "map.css", "utilities.css"];

    private static readonly FrozenDictionary<string, Asset> Files = ReadAll().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The address of an asset, with its hash.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public static string Url(string name) => $"/assets/{name}?v={Files[name].Hash}";

    /// <summary>Serves the assets.</summary>
    public static void MapAssets(this IEndpointRouteBuilder routes) => routes
        .MapMethods("/assets/{**name}", [HttpMethods.Get, HttpMethods.Head], (string name, HttpContext context) => Serve(name, context))
        .ExcludeFromDescription();

    private static IResult Serve(string name, HttpContext context)
    {
        if (!Files.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        var headers = context.Response.Headers;
        headers.CacheControl = context.Request.Query["v"] == asset.Hash ? "public, max-age=31536000, immutable" : "public, no-cache";
        var (content, encoding) = asset.In(context.Request.Headers.AcceptEncoding.ToString());
        if (encoding.Length > 0)
        {
            headers.ContentEncoding = encoding;
            headers.Vary = HeaderNames.AcceptEncoding;
        }

        return Results.Bytes(content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}{encoding}\""));
    }

    private static Dictionary<string, Asset> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new Dictionary<string, byte[]>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            files[name[Prefix.Length..]] = content.ToArray();
        }

        var assets = files.ToDictionary(file => file.Key, file => Asset.Of(file.Key, file.Value));
        var styles = new StringBuilder();
        foreach (var style in Styles)
        {
            styles.Append(Encoding.UTF8.GetString(files[style]));
        }

        foreach (var (name, asset) in assets)
        {
            styles.Replace($"url({name})", $"url({name}?v={asset.Hash})");
        }

        assets["kera.css"] = Asset.Of("kera.css", Encoding.UTF8.GetBytes(styles.ToString()));
        return assets;
    }

    private sealed record Asset(byte[] Content, string ContentType, string Hash)
    {
        private const int Smallest = 1_000;

        // As small as may be and once, when first asked for: the map's library is a third smaller than when each answer is squeezed in passing.
        private readonly Lazy<byte[]> _brotli = new(() => Squeeze(Content, stream => new BrotliStream(stream, new BrotliCompressionOptions { Quality = 9 }, leaveOpen: true)));
        private readonly Lazy<byte[]> _gzip = new(() => Squeeze(Content, stream => new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)));

        /// <summary>The content as a browser accepts it, and the name of the encoding; empty for none.</summary>
        public (byte[] Content, string Encoding) In(string accepted) =>
            Content.Length < Smallest || ContentType == "font/woff2" ? (Content, "")
            : accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? (_brotli.Value, "br")
            : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? (_gzip.Value, "gzip")
            : (Content, "");

        private static byte[] Squeeze(byte[] content, Func<Stream, Stream> compressing)
        {
            using var squeezed = new MemoryStream();
            using (var stream = compressing(squeezed))
            {
                stream.Write(content);
            }

            return squeezed.ToArray();
        }

        public static Asset Of(string name, byte[] content)
        {
            var type = Path.GetExtension(name) switch
            {
                ".css" => "text/css; charset=utf-8",
                ".mjs" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                ".txt" => "text/plain; charset=utf-8",
                ".woff2" => "font/woff2",
                var other => throw new InvalidOperationException($"'{name}' is of no kind that is served; name the type of '{other}' here."),
            };
            return new Asset(content, type, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6)));
        }
    }
}
