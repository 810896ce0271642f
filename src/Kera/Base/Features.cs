namespace Kera.Base;

/// <summary>
/// A feature of the platform: one folder under <c>Features</c>, with one class named
/// <c>&lt;Folder&gt;Feature</c> that implements this interface and has a public constructor
/// without parameters. The program finds it by being there, so deleting the folder removes the feature.
/// </summary>
public interface IFeature
{
    /// <summary>Registers what the feature needs, before the program is built.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>Maps the feature's endpoints and pages, once the program is built.</summary>
    void Map(IEndpointRouteBuilder endpoints);
}

/// <summary>Finds the features compiled into the platform.</summary>
public static class FeatureCatalog
{
    /// <summary>One new instance of every feature, ordered by full type name so that every start is the same.</summary>
    public static IReadOnlyList<IFeature> FindAll() =>
    [
        .. typeof(FeatureCatalog).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFeature)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(Create),
    ];

    private static IFeature Create(Type type) =>
        type.GetConstructor(Type.EmptyTypes) is { } constructor
            ? (IFeature)constructor.Invoke(null)
            : throw new InvalidOperationException(
                $"The feature {type.FullName} needs a public constructor without parameters; take services in AddServices or in the endpoints instead.");
}
