using System.Net;
using System.Xml;
using System.Xml.Linq;

namespace Kera.Features.Feeds;

/// <summary>Something could not be fetched or read. The sentence is Kera's own: it quotes neither addresses nor what the other side wrote, for both may hold a key.</summary>
/// <param name="source">Whose.</param>
/// <param name="sentence">What is wrong.</param>
public sealed class FeedException(string source, string sentence) : Exception($"{source}: {sentence}");

/// <summary>Fetches a document: once, within a minute, at most 5 MB, without following anywhere.</summary>
public sealed class FeedClient(IHttpClientFactory factory, TimeProvider time)
{
    private const int MostBytes = 5_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The client's name in the factory.</summary>
    public static string Name => "feeds";

    /// <summary>How connections are made. No redirects: the key would go along.</summary>
    public static HttpMessageHandler CreateHandler() =>
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxResponseHeadersLength = 16 };

    /// <summary>Fetches a document.</summary>
    /// <param name="source">Whose, for sentences.</param>
    /// <param name="address">From where.</param>
    /// <param name="key">A key for the header <c>x-api-key</c>; null where none is wanted there.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="FeedException">It cannot be fetched.</exception>
    public async Task<byte[]> FetchAsync(string source, Uri address, string? key, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        using var client = factory.CreateClient(Name);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd("Kera");
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key);
        }

        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            if (Refusal(answer.StatusCode) is { } refusal)
            {
                throw new FeedException(source, refusal);
            }

            await using var body = await answer.Content.ReadAsStreamAsync(stop.Token);
            return await ReadAsync(source, body, stop.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            // What it says may hold the address; so it is not kept even inside.
            throw new FeedException(source, "it cannot be reached, or the connection broke before the document was whole.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new FeedException(source, $"it did not answer within {Patience.TotalSeconds} seconds.");
        }
    }

    /// <summary>Reads an XML document, without document type and entities from elsewhere.</summary>
    /// <exception cref="FeedException">It is none, or not whole.</exception>
    public static XElement Xml(string source, byte[] document)
    {
        using var bytes = new MemoryStream(document);
        using var reader = XmlReader.Create(bytes, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true });
        try
        {
            return XElement.Load(reader);
        }
        catch (XmlException mistake)
        {
            throw new FeedException(source, $"the document is no whole XML without a document type (line {mistake.LineNumber}).");
        }
    }

    private static string? Refusal(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        401 or 403 => $"it does not accept the key of the settings ({(int)status}).",
        429 => "it wants fewer requests (429); the next is made when the job is due.",
        >= 300 and < 400 => $"it answered {(int)status}; nothing is followed. Give the address to which it points.",
        var other => $"it answered {other}.",
    };

    private static async Task<byte[]> ReadAsync(string source, Stream body, CancellationToken cancellation)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await body.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            if (whole.Length + read > MostBytes)
            {
                throw new FeedException(source, $"the document is larger than {MostBytes / 1_000_000} MB.");
            }

            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }
}
