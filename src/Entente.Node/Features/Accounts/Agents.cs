namespace Entente.Node.Features.Accounts;

/// <summary>A browser's self-description, in two words: enough to recognise one's own.</summary>
internal static class Agents
{
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("entente-demo", "Entente"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];

    public static string Name(string agent)
    {
        var (browser, system) = (First(Browsers, agent), First(Systems, agent));
        return (browser, system) switch
        {
            (null, null) => agent.Length == 0 ? "–" : agent[..Math.Min(agent.Length, 40)],
            (_, null) => browser,
            (null, _) => system,
            _ => $"{browser}, {system}",
        };
    }

    private static string? First((string Mark, string Name)[] known, string agent) =>
        known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
