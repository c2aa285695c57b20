namespace Entente.Node.Guard;

/// <summary>What the guard needs to know of a message that is here, from beside its content.</summary>
public sealed record UseFact
{
    public required string Id { get; init; }
    public required string Partner { get; init; }

    /// <summary>`in` or `out`.</summary>
    public required string Direction { get; init; }
    public required string Kind { get; init; }
    public required int Rank { get; init; }

    /// <summary>Codes joined by commas.</summary>
    public required string Handling { get; init; }
    public required string ToUnit { get; init; }

    /// <summary>Our units in its case; empty where the case is everybody's.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    public string? Tlp { get; init; }
    public string? Pap { get; init; }

    /// <summary>Whose information it is where that is not its sender's own, joined by commas.</summary>
    public string? Origins { get; init; }

    /// <summary>Why it is set aside (`rights`); null where it is not.</summary>
    public string? Quarantine { get; init; }

    /// <summary>Kept and no longer used, at somebody's request.</summary>
    public bool Restricted { get; init; }

    public bool Incoming => Direction == "in";

    public IReadOnlyList<string> HandlingList => Split(Handling);

    public IReadOnlyList<string> OriginList => Split(Origins);

    private static string[] Split(string? joined) =>
        string.IsNullOrEmpty(joined) ? [] : joined.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
