using System.Reflection;
using System.Runtime.CompilerServices;

namespace Entente.Protocol.Tests;

/// <summary>
/// Others build on what is public here: a change of it must be seen in review, so it stands in PublicSurface.txt.
/// To write that file anew: run this class with <c>-explicit only</c>.
/// </summary>
public sealed class PublicSurfaceTests
{
    private static readonly string Expected = Path.Combine(
        Path.GetDirectoryName(Path.GetDirectoryName(Folder.Partner))!,
        "tests",
        "Entente.Protocol.Tests",
        "PublicSurface.txt"
    );

    [Fact]
    public void What_is_public_is_what_was_reviewed() => Surface().ShouldBe(File.ReadAllText(Expected));

    [Fact(Explicit = true)]
    public void Write_the_surface() => File.WriteAllText(Expected, Surface());

    private static string Surface() =>
        string.Concat(
            typeof(Message)
                .Assembly.GetExportedTypes()
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
                .Select(Describe)
        );

    private static string Describe(Type type)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var members = type.GetMembers(Declared)
            .Where(IsWritten)
            .Select(member => $"  {member}\n")
            .Order(StringComparer.Ordinal);
        return $"{type}\n{string.Concat(members)}";
    }

    /// <summary>Leaves out what the compiler adds to records and properties.</summary>
    private static bool IsWritten(MemberInfo member) =>
        member is not (MethodBase { IsSpecialName: true, IsConstructor: false } or TypeInfo)
        && member.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && member.Name is not ("Equals" or "GetHashCode" or "Deconstruct" or "<Clone>$" or "value__");
}
