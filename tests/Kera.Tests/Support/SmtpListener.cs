using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Kera.Tests.Support;

/// <summary>A mail server in the test's own process: takes what it is given and keeps it.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public SmtpListener()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every mail taken, as it came.</summary>
    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    /// <summary>What is answered to a recipient.</summary>
    public string AnswerToRecipient { get; set; } = "250 fine";

    /// <summary>Whether it takes mails and hangs up without saying so.</summary>
    public bool HangsUpAfterTaking { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.UTF8);
                await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 test");
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                {
                    var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                    if (verb == "DATA")
                    {
                        await writer.WriteLineAsync("354 go on");
                        await TakeAsync(reader);
                        if (HangsUpAfterTaking)
                        {
                            return;
                        }
                    }

                    await writer.WriteLineAsync(verb switch { "RCPT" => AnswerToRecipient, "QUIT" => "221 bye", _ => "250 fine" });
                    if (verb == "QUIT")
                    {
                        return;
                    }
                }
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException)
            {
                // The other side went, or the test is over.
            }
        }
    }

    private async Task TakeAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        Mails.Enqueue(await MimeMessage.LoadAsync(bytes, _stop.Token));
    }
}
