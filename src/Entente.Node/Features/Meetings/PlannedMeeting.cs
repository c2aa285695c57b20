namespace Entente.Node.Features.Meetings;

/// <summary>A meeting in preparation as lists and calendars show it.</summary>
public sealed record PlannedMeeting
{
    public string Id { get; init; } = "";
    public string Partner { get; init; } = "";
    public string Country { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Date { get; init; } = "";
    public string Time { get; init; } = "";
    public int Minutes { get; init; }
    public string Place { get; init; } = "";

    /// <summary>Both sides are for this date and place.</summary>
    public bool Agreed { get; init; }

    /// <summary>How many different plans stand.</summary>
    public int Proposals { get; init; }

    /// <summary>Grows with every change, as calendars want it.</summary>
    public int Sequence { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public int Rank { get; init; }
}
