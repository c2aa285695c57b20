using System.Globalization;

namespace Entente.Node.Features.Record;

/// <summary>The closed lists of the record, in the order in which they are offered.</summary>
internal static class Codes
{
    public static readonly IReadOnlyList<string> Kinds =
    [
        "meeting",
        "visit",
        "call",
        "signing",
        "operation",
        "statement",
    ];

    public static readonly IReadOnlyList<string> Formats =
    [
        "plenary",
        "enlarged",
        "one-on-one",
        "on-the-margins",
        "by-video",
        "by-phone",
    ];

    public static readonly IReadOnlyList<string> Roles =
    [
        "interior-minister",
        "defence-minister",
        "foreign-minister",
        "justice-minister",
        "other-minister",
        "deputy-minister",
        "service-head",
        "head-of-state",
        "head-of-government",
        "ambassador",
        "other-official",
    ];

    public static readonly IReadOnlyList<string> Domains =
    [
        "terrorism",
        "foreign-fighters",
        "extremism",
        "organised-crime",
        "drug-trafficking",
        "drug-precursors",
        "arms-trafficking",
        "migrant-smuggling",
        "human-trafficking",
        "irregular-migration",
        "legal-migration",
        "vulnerable-persons",
        "border-security",
        "cybercrime",
        "money-laundering",
        "document-fraud",
        "civil-protection",
        "defence",
        "intelligence",
        "major-events",
        "public-order",
        "police-training",
        "regional-stability",
        "road-safety",
        "prisons",
    ];

    public static readonly IReadOnlyList<string> Results =
    [
        "network-dismantled",
        "arrests",
        "seizure",
        "attack-foiled",
        "victims-rescued",
        "attempts-thwarted",
    ];

    /// <summary>ISO 3166-1 alpha-2 in capitals, or EU.</summary>
    public static bool IsCountry(string text) => text is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'];

    public static bool TryAmount(string text, out double amount) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
}
