using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Kera.Base.Api;

/// <summary>A successful answer: JSON with an entity tag, which a client may keep and ask again about.</summary>
/// <param name="value">What is answered.</param>
internal sealed class Answer(object value) : IResult
{
    /// <summary>How everything is written.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public int Status { get; init; } = StatusCodes.Status200OK;

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>The address of what was made.</summary>
    public string? Location { get; init; }

    /// <summary>The address of the next page; null where this is the last.</summary>
    public string? Next { get; init; }

    /// <summary>The tag, where it is known before the answer is; else it is the content's.</summary>
    public string? Tag { get; set; }

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        return options;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var content = JsonSerializer.SerializeToUtf8Bytes(value, Options);
        if (HttpMethods.IsGet(httpContext.Request.Method))
        {
            var tag = Tag ?? TagOf(content);
            SetTag(httpContext, tag);
            if (Matches(httpContext, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Next is not null)
        {
            response.Headers.Link = $"<{Next}>; rel=\"next\"";
        }

        (response.StatusCode, response.ContentType, response.ContentLength) = (Status, ContentType, content.Length);
        await response.Body.WriteAsync(content, httpContext.RequestAborted);
    }

    /// <summary>The weak tag of some bytes: weak because a proxy may compress what they become.</summary>
    public static string TagOf(ReadOnlySpan<byte> bytes) => $"W/\"{Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, 16))}\"";

    /// <summary>Whether the client has what the tag stands for.</summary>
    public static bool Matches(HttpContext context, string tag) =>
        context.Request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known && EntityTagHeaderValue.Parse(tag) is var mine &&
        known.Any(each => each == EntityTagHeaderValue.Any || each.Compare(mine, useStrongComparison: false));

    /// <summary>Says how the answer may be kept: by everyone only where nobody signed in, and always to be asked about.</summary>
    public static void SetTag(HttpContext context, string tag)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = context.User.Identity is { IsAuthenticated: true } ? "private, no-cache" : "public, no-cache";
        headers.Vary = "Accept, Authorization";
    }
}
