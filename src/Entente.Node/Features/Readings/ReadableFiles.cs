namespace Entente.Node.Features.Readings;

/// <summary>Which files of a folder are texts to read.</summary>
internal static class ReadableFiles
{
    private static readonly string[] Kinds = [".txt", ".text", ".md", ".html", ".htm", ".docx"];

    /// <summary>The texts below a folder, in the order of their paths; folders that may not be entered are passed over.</summary>
    public static IReadOnlyList<string> In(string folder)
    {
        var all = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        return [.. Directory.EnumerateFiles(folder, "*", all).Where(IsText).Order(StringComparer.Ordinal)];
    }

    // A folder's README explains the texts, and Word keeps "~$" files beside open documents: neither is one of them.
    private static bool IsText(string path) =>
        Kinds.Contains(Path.GetExtension(path).ToLowerInvariant())
        && !Path.GetFileName(path).StartsWith("README", StringComparison.OrdinalIgnoreCase)
        && !Path.GetFileName(path).StartsWith("~$", StringComparison.Ordinal);
}
