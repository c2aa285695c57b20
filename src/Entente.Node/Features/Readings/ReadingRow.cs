namespace Entente.Node.Features.Readings;

/// <summary>A reading as stored, without its text.</summary>
public record ReadingRow
{
    public string Id { get; init; } = "";

    /// <summary>Name of the file, or the first words of a pasted text.</summary>
    public string Name { get; init; } = "";
    public string State { get; init; } = "";
    public int Version { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public string ReceivedBy { get; init; } = "";
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string? Reason { get; init; }
    public string? Meeting { get; init; }

    /// <summary>An earlier reading that seems to tell of the same encounter.</summary>
    public string? SameAs { get; init; }
    public string Title { get; init; } = "";
    public string Language { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Date { get; init; }
    public string? Published { get; init; }

    /// <summary>The encounter's day, else the day the text came out.</summary>
    public string? Day => Date ?? Published;

    /// <summary>ISO codes of the other states, separated by spaces.</summary>
    public string Partners { get; init; } = "";
    public double Confidence { get; init; }

    public IReadOnlyList<string> Countries => Partners.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Where a reading stands.</summary>
internal static class ReadingStates
{
    public const string Draft = "draft";
    public const string Accepted = "accepted";
    public const string Rejected = "rejected";

    /// <summary>Read, and found to tell of no encounter. An officer may still make a draft of it.</summary>
    public const string None = "none";

    public static readonly IReadOnlyList<string> All = [Draft, Accepted, Rejected, None];
}

/// <summary>A reading with its text and its draft.</summary>
public sealed record ReadingText(ReadingRow Row, Draft Draft, string Text);
