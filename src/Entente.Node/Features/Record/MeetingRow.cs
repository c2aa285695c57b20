namespace Entente.Node.Features.Record;

/// <summary>A meeting as lists show it.</summary>
public sealed record MeetingRow
{
    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Date { get; init; }
    public string SortDate { get; init; } = "";
    public string? Place { get; init; }
    public long Sources { get; init; }
}
