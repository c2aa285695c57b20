namespace Entente.Node.Features.Accounts;

/// <summary>A team inside the authority, with an address of its own.</summary>
internal sealed record Unit
{
    /// <summary>`liaison`: lower-case letters, digits and hyphens.</summary>
    public required string Slug { get; init; }

    /// <summary>Its name by language code; at least one.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    public string Name(string language) => Names.TryGetValue(language, out var name) ? name : Names.Values.First();
}
