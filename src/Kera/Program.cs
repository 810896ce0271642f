using Kera.CommandLine;

return await KeraCommandLine.RunAsync(args, Console.Out, Console.Error);

/// <summary>The program's entry point, named so that tests can start it.</summary>
public partial class Program;
