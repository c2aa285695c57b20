using System.Text.Json;

namespace Entente.Node.Profiles;

/// <summary>
/// The law a sender is bound by whatever the two partners agreed: what may go to a third country, and what of the special
/// categories. A dated data file, as the profiles are.
/// </summary>
public sealed record SenderLaw
{
    public required string Id { get; init; }
    public required string Version { get; init; }
    public required IReadOnlyDictionary<string, string> Names { get; init; }
    public required ProfileSource Source { get; init; }
    public required ProfileEffect Effective { get; init; }

    /// <summary>Whose authorities it binds; towards all others it speaks of third countries.</summary>
    public required Countries Bound { get; init; }

    /// <summary>For which third countries there is an adequacy decision.</summary>
    public required Countries Adequate { get; init; }

    /// <summary>A closed list.</summary>
    public required IReadOnlyList<TransferGround> TransferGrounds { get; init; }
    public required IReadOnlyList<Sourced> SpecialCategories { get; init; }
    public required IReadOnlyList<Sourced> SpecialGrounds { get; init; }

    public bool Binds(string country) => Bound.Set.Contains(country);
}

/// <param name="Codes">ISO 3166-1 alpha-2, upper case.</param>
public sealed record Countries(
    string Source,
    string Flag,
    [property: System.Text.Json.Serialization.JsonPropertyName("countries")] IReadOnlyList<string> Codes
)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlySet<string> Set { get; } = Codes.ToHashSet(StringComparer.Ordinal);

    public bool Contains(string country) => Set.Contains(country);
}

public sealed record TransferGround : Sourced
{
    /// <summary>Why it holds is to be written down.</summary>
    public required bool Documented { get; init; }
}

public static class SenderLaws
{
    internal const string Folder = "profiles/sender-law/";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static SenderLaw Directive { get; } =
        JsonSerializer.Deserialize<SenderLaw>(LegalProfiles.Read(Folder + "led-2016-680.json"), Json)!; // Our own file, never the literal null.

    /// <summary>The law that binds a node of that country; null where this program carries none for it.</summary>
    public static SenderLaw? For(string country) => Directive.Binds(country) ? Directive : null;
}
