namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>
/// A joint text as it follows from the turns of both sides. A pure function of the set of turns: whatever the order they
/// came in, two nodes that have the same turns have the same text, or the same open disagreement.
/// </summary>
/// <remarks>
/// A version of a clause stands unless it was withdrawn or a version that is not withdrawn came out of it. So two sides that
/// change a clause at the same time leave two versions standing, and no word is lost until somebody who saw both replaces
/// them, or an author takes its own back.
/// </remarks>
public sealed record TextState
{
    public required string Id { get; init; }

    /// <summary>Null until the turn that opens it is here.</summary>
    public OpenText? Opening { get; init; }

    /// <summary>Without those that both agreed to remove, in their order. The title is not among them.</summary>
    public required IReadOnlyList<ClauseState> Clauses { get; init; }

    public ClauseState? Title { get; init; }

    public required IReadOnlyList<Remark> Comments { get; init; }

    public required IReadOnlyList<Signature> Signatures { get; init; }

    /// <summary>The canonical text; null while a clause has two versions standing.</summary>
    public CanonicalText? Canonical { get; init; }

    /// <summary>The two signatures over one text; null while it is not in force.</summary>
    public InForce? InForce { get; init; }

    public IReadOnlyList<string> Languages => Opening?.Languages ?? [];

    /// <summary>The title first.</summary>
    public IEnumerable<ClauseState> All => Title is null ? Clauses : [Title, .. Clauses];

    /// <summary>Clauses of which two versions stand.</summary>
    public int Disagreements => All.Count(clause => clause.Heads.Count > 1);

    /// <summary>Why it cannot be signed yet; none when it can.</summary>
    public IReadOnlyList<NotYet> Obstacles => Negotiation.Obstacles.Of(this);

    public static TextState Of(string id, IReadOnlyCollection<Turn> turns) => new Folding(id, turns).State();

    /// <summary>The text as it was when a side signed it.</summary>
    public static TextState At(string id, IReadOnlyCollection<Turn> turns, Signature signature) =>
        Of(id, [.. turns.Where(t => t.Number <= (t.By == signature.By ? signature.Number : signature.Seen))]);
}

/// <param name="Heads">The versions that stand: one where all is well, two or more in a disagreement.</param>
/// <param name="History">All versions, the oldest first.</param>
public sealed record ClauseState(
    string Id,
    string Position,
    IReadOnlyList<ClauseVersion> Heads,
    IReadOnlyList<ClauseVersion> History
)
{
    /// <summary>One version stands and both sides are for it.</summary>
    public bool Settled => Heads is [{ AcceptedBy.Count: > 1 }];

    /// <summary>What a reader sees first.</summary>
    public ClauseVersion Current => Heads[0];

    /// <summary>The last version that both sides were for; null where there was none.</summary>
    public ClauseVersion? LastAgreed => History.LastOrDefault(v => v.AcceptedBy.Count > 1 && !v.Withdrawn);
}

public sealed record ClauseVersion
{
    public required ProposeClause Proposed { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int Number { get; init; }
    public required bool Withdrawn { get; init; }

    /// <summary>The author's side, and the other's once it accepted.</summary>
    public required IReadOnlySet<string> AcceptedBy { get; init; }

    /// <summary>Languages in which the clause was not followed up when another was changed.</summary>
    public required IReadOnlySet<string> Stale { get; init; }

    public string Id => Proposed.Version;

    public string In(string language) => Proposed.Wording.GetValueOrDefault(language, "");
}

public sealed record Remark(string? Clause, string By, DateTimeOffset At, string Language, string Words);

/// <param name="Released">The other side said that it will not sign that text.</param>
public sealed record Signature(
    string By,
    int Number,
    int Seen,
    DateTimeOffset At,
    string Sha256,
    string Jws,
    bool Released
);

public sealed record InForce(string Sha256, IReadOnlyList<Signature> Signatures)
{
    public DateTimeOffset Since => Signatures.Max(s => s.At);
}
