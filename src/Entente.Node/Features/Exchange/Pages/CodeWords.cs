using Entente.Node.Web;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>Codes in the reader's words.</summary>
internal static class CodeWords
{
    private static readonly IReadOnlyList<string> Codes =
    [
        "terrorism",
        "foreign-fighters",
        "extremism",
        "organised-crime",
        "drug-trafficking",
        "migrant-smuggling",
        "human-trafficking",
        "irregular-migration",
        "legal-migration",
        "vulnerable-persons",
        "border-security",
        "cybercrime",
        "money-laundering",
        "arms-trafficking",
        "document-fraud",
        "civil-protection",
        "defence",
        "intelligence",
        "major-events",
        "public-order",
        "police-training",
        "regional-stability",
        "drug-precursors",
        "road-safety",
        "prisons",
    ];

    public static IReadOnlyList<string> Domains(this Labels labels) => Codes;

    /// <summary>The label under the prefix, or the code itself where a partner sent one we do not know.</summary>
    public static string Word(this Labels labels, string prefix, string? code) =>
        string.IsNullOrEmpty(code) ? "–"
        : labels.Has(prefix + code) ? labels[prefix + code]
        : code;
}
