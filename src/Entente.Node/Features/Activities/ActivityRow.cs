namespace Entente.Node.Features.Activities;

/// <summary>An activity as lists show it: by our own last account of it, or by the partner's while we have given none.</summary>
public sealed record ActivityRow
{
    public const string Columns =
        "a.id, a.partner, a.country, a.kind, a.title, a.domain, a.begins, a.ends, a.place, a.beneficiaries, a.state, "
        + "a.trained, a.instrument, a.disputed, a.rank, a.ours, a.theirs";

    public string Id { get; init; } = "";
    public string Partner { get; init; } = "";
    public string Country { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Title { get; init; } = "";
    public string Domain { get; init; } = "";
    public string Begins { get; init; } = "";
    public string? Ends { get; init; }
    public string Place { get; init; } = "";
    public string Beneficiaries { get; init; } = "";
    public string State { get; init; } = "";
    public int? Trained { get; init; }

    /// <summary>What it rests on, by the id of whoever named it first.</summary>
    public string? Instrument { get; init; }

    /// <summary>The two sides do not say the same of it.</summary>
    public bool Disputed { get; init; }
    public int Rank { get; init; }

    /// <summary>The message with our last account.</summary>
    public string? Ours { get; init; }
    public string? Theirs { get; init; }
}
