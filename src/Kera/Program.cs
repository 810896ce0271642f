using Kera.Base;
using Kera.Base.Ui;
using NodaTime;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<IClock>(SystemClock.Instance);
builder.Services.AddKeraUi();
var features = FeatureCatalog.FindAll();
foreach (var feature in features)
{
    feature.AddServices(builder.Services, builder.Configuration);
}

var app = builder.Build();
app.UseKeraUi();
app.MapKeraUi();
foreach (var feature in features)
{
    feature.Map(app);
}

app.Run();

/// <summary>The program's entry point, named so that tests can start it.</summary>
public partial class Program;
