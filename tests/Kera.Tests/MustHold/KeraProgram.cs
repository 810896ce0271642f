using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Kera.Tests.MustHold;

/// <summary>The built program in a process of its own.</summary>
internal sealed partial class KeraProgram : IDisposable
{
    private readonly Process _process;

    private KeraProgram(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it. A server is asked where it listens, which reads what it says from then on; a full pipe would stop it.</summary>
    public static KeraProgram Start(params IEnumerable<string> arguments) => Start([.. arguments], new Dictionary<string, string>());

    /// <summary>Starts it with settings in its environment.</summary>
    public static KeraProgram Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Kera"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Kera__Limits__WritesPerSecond"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new KeraProgram(Process.Start(start)!);
    }

    /// <summary>Runs it to its end and gives what it printed; any other exit than 0 is a failure.</summary>
    public static async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        using var program = Start(arguments);
        var error = program._process.StandardError.ReadToEndAsync();
        var output = await program._process.StandardOutput.ReadToEndAsync();
        await program._process.WaitForExitAsync();
        Assert.True(program._process.ExitCode == 0, await error);
        return output;
    }

    /// <summary>Waits until a server says where it listens; what it says later is let go.</summary>
    public async Task<Uri> ListeningAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (ListeningAt().Match(line) is { Success: true } at)
            {
                _ = _process.StandardError.ReadToEndAsync();
                return new Uri(at.Groups[1].Value);
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }

    /// <summary>Ends it as a power failure would: with SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [GeneratedRegex("Now listening on: (http[^\"]+)")]
    private static partial Regex ListeningAt();
}
