namespace Entente.Node.Features.Record;

/// <summary>All that is on record of one meeting.</summary>
public sealed record MeetingView
{
    public required MeetingRow Row { get; init; }
    public required IReadOnlyList<string> Partners { get; init; }
    public required IReadOnlyList<string> Formats { get; init; }
    public required IReadOnlyList<string> Domains { get; init; }
    public required IReadOnlyList<PersonRow> People { get; init; }
    public required IReadOnlyList<string> Bodies { get; init; }
    public required IReadOnlyList<ResultRow> Results { get; init; }
    public required IReadOnlyList<SourceRow> Sources { get; init; }
    public required IReadOnlyList<InstrumentRow> Instruments { get; init; }
    public required IReadOnlyList<CommitmentRow> Commitments { get; init; }
}

public sealed record PersonRow
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Native { get; init; }
    public string Country { get; init; } = "";
    public string Role { get; init; } = "";
    public string Title { get; init; } = "";
}

public sealed record ResultRow
{
    public string Type { get; init; } = "";
    public double? Amount { get; init; }
    public string Countries { get; init; } = "";
}

public sealed record SourceRow
{
    public string Reading { get; init; } = "";
    public string Title { get; init; } = "";
    public string Language { get; init; } = "";
    public string? Published { get; init; }
}

public sealed record InstrumentRow
{
    public string Id { get; init; } = "";
    public string Type { get; init; } = "";
    public string Status { get; init; } = "";
    public string Title { get; init; } = "";
    public string? Date { get; init; }
    public string? Ended { get; init; }

    public bool InForce => Ended is null && (Status is "signed" or "adopted" or "existing");
}

public sealed record CommitmentRow
{
    public string Id { get; init; } = "";
    public string Type { get; init; } = "";
    public string Wording { get; init; } = "";
    public string? Domain { get; init; }
    public string State { get; init; } = "";
    public string? Due { get; init; }
    public string SortDate { get; init; } = "";
    public string? Meeting { get; init; }
    public string? Instrument { get; init; }
    public string? Clause { get; init; }

    /// <summary>The wording by language as JSON, where there is more than one.</summary>
    public string? Wordings { get; init; }
    public string? Indicator { get; init; }
    public int? Target { get; init; }
    public string? Rhythm { get; init; }
    public string? OwnUnit { get; init; }
    public string? PartnerUnit { get; init; }
}
