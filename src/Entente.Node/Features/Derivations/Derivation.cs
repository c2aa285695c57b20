namespace Entente.Node.Features.Derivations;

/// <summary>Something made of messages that a recall cannot reach: a briefing, a document, evidence, a letter.</summary>
/// <param name="Kind">A label `derived.kind.KIND`, and `corrections.trace.KIND`.</param>
/// <param name="Object">What it is about, as in the ledger: `partner:ES`, `message:0192…`.</param>
/// <param name="Actor">Who made it: a login.</param>
public sealed record Derivation(string Kind, string Object, string Actor)
{
    public const string Briefing = "briefing";
    public const string Document = "document";
    public const string Evidence = "evidence";
    public const string Letter = "letter";

    /// <summary>The messages that went in.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Or all that was exchanged with a state since then.</summary>
    public (string Country, DateTimeOffset Since)? Scope { get; init; }
}

/// <summary>Something that its maker is to look at: what it was made of has been recalled or corrected since.</summary>
public sealed record Overtaken
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string Object { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The correction.</summary>
    public required string Correction { get; init; }
    public required string Action { get; init; }
    public required DateTimeOffset CorrectedAt { get; init; }
}
