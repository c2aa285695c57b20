namespace Entente.Node.Commands.Demo;

/// <summary>The communiqués beside the program, in the order of their numbers.</summary>
internal static class DemoSamples
{
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "samples"), "*.txt")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The communiqué that the scenario hands in through the page.</summary>
    public static string TheOne => All[0];

    public static IReadOnlyList<string> AllButOne => [.. All.Skip(1)];
}
