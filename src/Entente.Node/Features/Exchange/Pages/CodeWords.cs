using Entente.Node.Web;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>Codes in the reader's words.</summary>
internal static class CodeWords
{
    /// <summary>The label under the prefix, or the code itself where a partner sent one we do not know.</summary>
    public static string Word(this Labels labels, string prefix, string? code) =>
        string.IsNullOrEmpty(code) ? "–"
        : labels.Has(prefix + code) ? labels[prefix + code]
        : code;
}
