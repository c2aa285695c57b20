namespace Entente.Node.Tests.Web;

/// <summary>The node's source files, for the rules that are about how they are written.</summary>
internal static class Sources
{
    public static readonly string Root = FindRoot();

    public static IEnumerable<(string Path, string Text)> Of(params string[] extensions) =>
        extensions
            .SelectMany(e => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*" + e, SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Root, f))
            .Where(f => !f.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "wwwroot"))
            .Select(f => (f, File.ReadAllText(Path.Combine(Root, f))));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Entente.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run from a built tree.");
        }

        return folder;
    }
}
