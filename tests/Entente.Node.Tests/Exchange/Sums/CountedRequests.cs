using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Exchange.Sums;

/// <summary>What the sums must say: all requests, read and counted one by one.</summary>
internal static class CountedRequests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<IReadOnlyList<string>> OfAsync(
        Bureau bureau,
        Officer reader,
        string country,
        string what,
        (DateTimeOffset From, DateTimeOffset? To) time
    )
    {
        const string sql = """
            SELECT r.id, r.direction, r.country, r.sent, r.kind, r.state, r.urgency, r.domain, r.rank, r.unit, r.due,
                r.answered_at, r.clock, r.outcome, r.ground, r.held_ground,
                EXISTS (SELECT 1 FROM quarantine q WHERE q.message = r.id AND q.lifted_at IS NULL) AS aside
            FROM request r
            """;
        var all = await bureau.Database.ReadAsync(c => c.ListAsync<Row>(sql, null, Cancellation), Cancellation);
        var rows = all.Where(r => r.Kind == "request" && r.State != "rejected" && r.Country == country)
            .Where(r => r.Sent >= time.From && (time.To is null || r.Sent < time.To))
            .Where(r => r.Code(what) is not null)
            .GroupBy(r => (r.Direction, Code: r.Code(what)!, Urgent: r.Urgency != "other", r.Rank, r.Unit, r.Aside)) // Filtered.
            .Select(group => new SumRow
            {
                Direction = group.Key.Direction,
                Code = group.Key.Code,
                Urgent = group.Key.Urgent,
                Rank = group.Key.Rank,
                Unit = group.Key.Unit,
                Aside = group.Key.Aside,
                Number = group.Count(),
                Answered = group.Count(r => r.AnsweredAt is not null),
                InTime = group.Count(r => r.InTime),
                Late = group.Count(r => r.Clock == "running" && r.AnsweredAt > r.Due),
                Refused = group.Count(r => r.Outcome == "refused"),
            });
        return [.. (await bureau.Get<CountDoor>().CountedAsync(reader, [.. rows], Cancellation)).Select(Line).Order()];
    }

    public static string Line(SumRow row) => row.ToString();

    private sealed record Row
    {
        public required string Direction { get; init; }
        public required string Country { get; init; }
        public required DateTimeOffset Sent { get; init; }
        public required string Kind { get; init; }
        public required string State { get; init; }
        public required string Urgency { get; init; }
        public required string Domain { get; init; }
        public required int Rank { get; init; }
        public required string Unit { get; init; }
        public DateTimeOffset? Due { get; init; }
        public DateTimeOffset? AnsweredAt { get; init; }
        public required string Clock { get; init; }
        public string? Outcome { get; init; }
        public string? Ground { get; init; }
        public string? HeldGround { get; init; }
        public required bool Aside { get; init; }

        public bool InTime => AnsweredAt is not null && (Clock != "running" || AnsweredAt <= Due);

        public string? Code(string what) =>
            what switch
            {
                SumOf.Domains => Domain,
                SumOf.Grounds => Outcome == "refused" ? Ground : null,
                SumOf.HeldGrounds => HeldGround ?? Ground,
                _ => "",
            };
    }
}
