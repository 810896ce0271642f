using System.Text;
using Kera.CommandLine;

// Not Console.Out, which writes through line by line: a whole ledger may go this way.
var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
var code = await KeraCommandLine.RunAsync(args, output, Console.Error);
try
{
    await output.FlushAsync();
}
catch (IOException)
{
    // Whoever read has gone, as 'head' does: there is nobody to tell.
}

return code;

/// <summary>The program's entry point, named so that tests can start it.</summary>
public partial class Program;
