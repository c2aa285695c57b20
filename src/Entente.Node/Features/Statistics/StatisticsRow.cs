using System.Globalization;
using Entente.Node.Guard;

namespace Entente.Node.Features.Statistics;

/// <summary>A request whose answer awaits or awaited a judicial authorisation.</summary>
internal sealed record AuthorisedRow : Counted
{
    public required string Direction { get; init; }
    public required string Urgency { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? Received { get; init; }
    public required string ProfileId { get; init; }
    public required string ProfileVersion { get; init; }
}

/// <summary>Requests that are past their time and not answered.</summary>
internal sealed record OverdueRow : Counted
{
    public required string Direction { get; init; }
    public required bool Urgent { get; init; }
    public required int Number { get; init; }
}

/// <summary>Requests with one state of one urgency, one way.</summary>
/// <param name="Authorisations">Where a judicial authorisation took the answer beyond the limit as it stood at the receipt.</param>
internal sealed record StatisticsLine(
    string Direction,
    string Country,
    bool Urgent,
    int Requests,
    int Answered,
    int InTime,
    int Late,
    int Refused,
    int Authorisations
);

/// <param name="Count">Refusals on that ground; not by state, for then a refusal that reveals nothing would.</param>
internal sealed record GroundLine(string Direction, string Ground, int Count);

internal sealed record StatisticsYear(int Year, IReadOnlyList<StatisticsLine> Lines, IReadOnlyList<GroundLine> Grounds)
{
    /// <summary>The highest level of what was counted.</summary>
    public int Rank { get; init; }

    /// <summary>The year as a file: figures alone.</summary>
    public Departing Export =>
        new(DisclosureAct.Export, $"statistics:{Year.ToString(CultureInfo.InvariantCulture)}", "export")
        {
            Kind = "statistics",
            Rank = Rank,
            CodesOnly = true,
        };
}
