using Entente.Node.Hosting;

namespace Entente.Node.Tests.Support;

/// <summary>One more machine's folder of a node: the same keys and the same database, doors of its own.</summary>
internal static class InstanceHome
{
    /// <param name="options">The node's, with the address that its partners use.</param>
    public static NodeHome Copy(NodeHome home, NodeOptions options, int pages, int link, int instance)
    {
        var copy = new NodeHome($"{home.Folder}-{instance}");
        Directory.CreateDirectory(Path.Combine(copy.Folder, "keys"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(home.Folder, "keys")))
        {
            File.Copy(file, Path.Combine(copy.Folder, "keys", Path.GetFileName(file)));
        }

        copy.Save(options with { Pages = $"http://127.0.0.1:{pages}", LinkListen = $"https://127.0.0.1:{link}" });
        return copy;
    }
}
