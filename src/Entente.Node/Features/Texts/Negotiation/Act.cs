using System.Text.Json.Serialization;

namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>One thing that a side does to a joint text. A partner's act of a kind not known here makes its turn unreadable.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "act")]
[JsonDerivedType(typeof(OpenText), "open")]
[JsonDerivedType(typeof(ProposeClause), "propose")]
[JsonDerivedType(typeof(PlaceClause), "place")]
[JsonDerivedType(typeof(WithdrawVersion), "withdraw")]
[JsonDerivedType(typeof(AcceptVersion), "accept")]
[JsonDerivedType(typeof(AddComment), "comment")]
[JsonDerivedType(typeof(SignText), "sign")]
[JsonDerivedType(typeof(ReleaseSignature), "release")]
public abstract record Act;

/// <summary>Begins a text: what it is to be, and in which languages.</summary>
/// <param name="Amends">The text in force that this one changes.</param>
/// <param name="Meeting">The meeting it is prepared for.</param>
public sealed record OpenText(
    string Kind,
    IReadOnlyList<string> Languages,
    string? Amends = null,
    string? Meeting = null
) : Act;

/// <summary>A wording for a clause, new or in place of others. The clause named like the text is its title.</summary>
public sealed record ProposeClause : Act
{
    public required string Clause { get; init; }

    public required string Version { get; init; }

    /// <summary>The versions that its author saw standing and means to replace.</summary>
    public IReadOnlyList<string> Replaces
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>By language.</summary>
    public IReadOnlyDictionary<string, string> Wording
    {
        get;
        init => field = value ?? new Dictionary<string, string>();
    } = new Dictionary<string, string>();

    /// <summary>The clause is to go.</summary>
    public bool Removed { get; init; }

    /// <summary>Languages whose wording the author has checked against the others and left as it was.</summary>
    public IReadOnlyList<string>? Confirmed { get; init; }

    /// <summary>What the clause promises; null where it promises nothing that can be followed up.</summary>
    public Promise? Promise { get; init; }
}

/// <summary>What will be followed up once the text is in force.</summary>
/// <param name="Type">`training`, `information-exchange`, …</param>
/// <param name="Due">ISO date.</param>
/// <param name="Indicator">`answers-in-time`, `activities`, `people-trained` or `by-hand`.</param>
public sealed record Promise(
    string Type,
    string? Domain = null,
    string? Due = null,
    string? Indicator = null,
    int? Target = null
);

/// <param name="Position">Sorts among the other clauses' (ordinal); see <see cref="Positions"/>.</param>
public sealed record PlaceClause(string Clause, string Position) : Act;

/// <summary>Takes one's own wording back: what it replaced stands again.</summary>
public sealed record WithdrawVersion(string Version) : Act;

/// <summary>Agrees to the other side's wording.</summary>
public sealed record AcceptVersion(string Version) : Act;

/// <param name="Clause">Null for a remark on the whole.</param>
public sealed record AddComment(string? Clause, string Language, string Words) : Act;

/// <param name="Sha256">Of the canonical text, base64url.</param>
/// <param name="Jws">See <see cref="Adoption"/>.</param>
public sealed record SignText(string Sha256, string Jws) : Act;

/// <summary>Says that one will not sign what the other side has signed, so that it is free to change the text.</summary>
public sealed record ReleaseSignature(string Sha256) : Act;
