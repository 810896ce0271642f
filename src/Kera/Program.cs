var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/", () => "Kera");
app.Run();

/// <summary>The program's entry point, named so that tests can start it.</summary>
public partial class Program;
