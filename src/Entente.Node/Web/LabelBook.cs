using System.Collections.Frozen;
using System.Text.Json;

namespace Entente.Node.Web;

/// <summary>
/// Every label of the product. Each feature keeps its own `*.labels.json` beside its pages: key → language → text, the six
/// languages one under the other so that a translator sees them together.
/// </summary>
internal sealed class LabelBook
{
    /// <summary>The six languages, the default first.</summary>
    public static readonly IReadOnlyList<string> Languages = ["fr", "ar", "es", "de", "fi", "en"];

    // A key written twice would silently be the later text: two people have edited the same label.
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly FrozenDictionary<string, IReadOnlyDictionary<string, string>> _labels;

    public LabelBook()
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        var assembly = typeof(LabelBook).Assembly;
        foreach (
            var resource in assembly
                .GetManifestResourceNames()
                .Where(n => n.EndsWith(".labels.json", StringComparison.Ordinal))
        )
        {
            using var stream = assembly.GetManifestResourceStream(resource)!; // The name came from the assembly's own list.
            var labels = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream, Strict)!; // Never the literal null.
            foreach (var (key, texts) in labels)
            {
                all.Add(key, texts);
            }
        }

        _labels = all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All => _labels;

    /// <summary>The label, or the key itself between brackets: visible, and found by the test that looks for missing keys.</summary>
    public string Text(string key, string language) =>
        _labels.TryGetValue(key, out var texts) && texts.TryGetValue(language, out var text) ? text : $"[{key}]";
}
