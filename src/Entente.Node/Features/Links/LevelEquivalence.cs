using System.Text.Json.Serialization;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>
/// One level of ours and what it equals at the partner's, by agreement of the two. A level is a scheme, its version and a
/// rank: the same word changes rank between countries and years.
/// </summary>
public sealed record LevelEquivalence(Level Ours, Level Theirs)
{
    public bool Covers(Classification marking) =>
        Ours.Scheme == marking.Scheme && Ours.Version == marking.Version && Ours.Rank == marking.Rank;

    /// <summary>Where it stands, in words: a table, a treaty; null where only the two partners say it.</summary>
    public string? Source { get; init; }

    /// <summary>The same as the partner writes it down.</summary>
    [JsonIgnore]
    public LevelEquivalence Turned => new(Theirs, Ours) { Source = Source };
}

public sealed record Level(string Scheme, string Version, int Rank);
