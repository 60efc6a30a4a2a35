using System.Reflection;
using ArchUnitNET.Loader;

namespace DataCentric.Tests;

/// <summary>
/// Holds the namespaces of an assembly in layers: one that stands earlier in a list knows nothing of those that come later, so that no
/// two of them use each other. What uses what is read from the compiled assembly: base types, members, bodies, attributes.
/// </summary>
internal static class Layers
{
    /// <summary>Checks that every namespace is listed and uses only itself and those listed before it.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="namespaces">Full names from the bottom up; one that is not listed belongs to the longest listed one that it lies below.</param>
    public static void ShouldBeHeld(Assembly assembly, params string[] namespaces)
    {
        var types = new ArchLoader().LoadAssembly(assembly).Build().Types.Where(type => type.Assembly.FullName == assembly.FullName && IsWritten(type.Namespace.FullName)).ToArray();
        var unlisted = types.Select(type => type.Namespace.FullName).Distinct().Where(name => LayerOf(name) < 0);
        var upward =
            from type in types
            from dependency in type.Dependencies
            let target = dependency.Target
            where target.Assembly?.FullName == assembly.FullName && IsWritten(target.Namespace.FullName)
            where LayerOf(target.Namespace.FullName) > LayerOf(type.Namespace.FullName)
            select $"{type.FullName} uses {target.FullName}, which is a layer above it";

        types.ShouldNotBeEmpty();
        unlisted.ShouldBeEmpty("A new namespace takes its place in the list of layers.");
        upward.Distinct().Order(StringComparer.Ordinal).ShouldBeEmpty();

        int LayerOf(string name) => Array.FindLastIndex(
            namespaces, layer => layer == namespaces.Where(other => name == other || name.StartsWith(other + ".", StringComparison.Ordinal)).MaxBy(other => other.Length));
    }

    // What a compiler or a source generator adds has a namespace of its own, or none.
    private static bool IsWritten(string name) => name.StartsWith("DataCentric", StringComparison.Ordinal);
}
