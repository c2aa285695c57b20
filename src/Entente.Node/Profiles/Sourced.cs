namespace Entente.Node.Profiles;

/// <summary>One value of a legal profile: its code, the rule it comes from, how surely, and its words in six languages.</summary>
public record Sourced
{
    public required string Code { get; init; }

    /// <summary>Act and article.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// `verified`: read in the source; `recalled`: not read again, check before relying on it; `agreed`: set by the two
    /// partners themselves.
    /// </summary>
    public required string Flag { get; init; }

    public required IReadOnlyDictionary<string, string> Texts { get; init; }

    public string Text(string language) => Texts.TryGetValue(language, out var text) ? text : Code;
}
