namespace Entente.Node.Hosting;

/// <summary>The two addresses in a node's settings, as an operator may get them wrong.</summary>
internal static class Addresses
{
    /// <returns>All that is wrong, in words; null where nothing is.</returns>
    public static string? Fault(NodeOptions options)
    {
        string?[] faults =
        [
            Fault("pages", options.Pages, "http", "https"),
            Fault("link", options.Link, "https"),
            options.LinkListen is { } listen ? Fault("linkListen", listen, "https") : null,
        ];
        return faults.OfType<string>().ToList() is { Count: > 0 } wrong
            ? string.Join(Environment.NewLine, wrong)
            : null;
    }

    private static string? Fault(string name, string address, params string[] schemes) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme) && uri.Host.Length > 0
            ? null
            : $"'{address}' is no address for {name}: it begins with {string.Join(":// or ", schemes)}://, such as {schemes[0]}://localhost:8080.";
}
