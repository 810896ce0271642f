using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Kera.Tests.Architecture;

/// <summary>
/// All that a compiled assembly takes from outside itself, read from its metadata tables, so that nothing used
/// anywhere in any method body is missed. Constants are the exception: the compiler copies their values.
/// </summary>
/// <param name="Assemblies">Simple names of the assemblies it refers to.</param>
/// <param name="NativeLibraries">Names of the libraries it calls by platform invoke.</param>
/// <param name="Types">Full names of foreign types; a nested type as Outer+Inner.</param>
/// <param name="Members">Foreign members as Namespace.Type.Member; constructors end in ..ctor, with the number of parameters in brackets.</param>
internal sealed record AssemblyMetadata(
    IReadOnlyList<string> Assemblies,
    IReadOnlyList<string> NativeLibraries,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Members)
{
    public static AssemblyMetadata Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        return new AssemblyMetadata(
            [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))],
            [.. Enumerable.Range(1, reader.GetTableRowCount(TableIndex.ModuleRef))
                .Select(row => reader.GetString(reader.GetModuleReference(MetadataTokens.ModuleReferenceHandle(row)).Name))],
            [.. reader.TypeReferences.Select(handle => TypeName(reader, handle)).Distinct()],
            [.. reader.MemberReferences.Select(handle => MemberName(reader, handle)).OfType<string>().Distinct()]);
    }

    private static string TypeName(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            return $"{TypeName(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}";
        }

        return type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private static string? MemberName(MetadataReader reader, MemberReferenceHandle handle)
    {
        var member = reader.GetMemberReference(handle);
        if (member.Parent.Kind != HandleKind.TypeReference)
        {
            // A member of a constructed generic type: no member of those is forbidden by name, their types are seen above.
            return null;
        }

        var name = $"{TypeName(reader, (TypeReferenceHandle)member.Parent)}.{reader.GetString(member.Name)}";
        if (!name.EndsWith(".ctor", StringComparison.Ordinal))
        {
            return name;
        }

        var signature = reader.GetBlobReader(member.Signature);
        signature.ReadSignatureHeader();
        return $"{name}({signature.ReadCompressedInteger()})";
    }
}
