using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Exchange.Duplicates;

/// <summary>
/// Requests of one state about the same subject within a month. They are shown side by side and may be linked; nothing is
/// ever merged by itself, and each keeps its own clock.
/// </summary>
internal sealed class Twins(Database database, SearchWords words, LedgerLog ledger, TimeProvider clock)
{
    private const int MostOffered = 20;
    private static readonly TimeSpan Near = TimeSpan.FromDays(30);
    private static readonly string[] SubjectColumns = ["Hash", "Leaf", "Country", "Received"];
    private static readonly string[] TwinColumns = ["Request", "Other", "At"];

    /// <summary>Notes what new requests are about, and offers those that were here before.</summary>
    public async Task ArrivedAsync(
        Transaction t,
        IReadOnlyList<(string Country, FoundBy By)> requests,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        const string insert = """
            INSERT INTO request_subject (hash, leaf, country, received) VALUES (@Hash, @Leaf, @Country, @Received)
            """;
        const string select = """
            SELECT s.hash, substr(l.object, 9) AS request_id, s.country
            FROM request_subject s JOIN ledger_leaf l ON l.idx = s.leaf -- 'message:' and its id
            WHERE s.received >= @Since AND s.hash 
            """;
        const string newest = " ORDER BY s.received DESC, s.leaf DESC LIMIT 2000";
        const string offer = """
            INSERT INTO request_twin (request_id, other_id, state, at) VALUES (@Request, @Other, 'offered', @At)
            ON CONFLICT (request_id, other_id) DO NOTHING
            """;
        var about = requests.SelectMany(r => r.By.Subjects.Select(hash => new About(hash, r.Country, r.By))).ToList();
        if (about.Count == 0)
        {
            return;
        }

        var dialect = new Dialect(t.Engine);
        var with = new { Since = receivedAt - Near, Ids = dialect.Many([.. about.Select(a => a.Hash).Distinct()]) };
        var known = await t.ListAsync<Known>(select + dialect.AmongMany + newest, with, cancellation);
        object?[][] subjects =
        [
            .. about.Select(a => new object?[] { a.Hash, a.By.Leaf, a.Country, receivedAt.ToUnixTimeMilliseconds() }),
        ];
        await Bulk.ExecuteAsync(t, insert, SubjectColumns, subjects, cancellation);
        object?[][] twins =
        [
            .. Pairs(about, known)
                .Distinct()
                .Select(pair => new object?[] { pair.Request, pair.Other, receivedAt.ToUnixTimeMilliseconds() }),
        ];
        if (twins.Length > 0)
        {
            await Bulk.ExecuteAsync(t, offer, TwinColumns, twins, cancellation);
        }
    }

    /// <summary>
    /// Those of the envelope itself count as well, each with those before it. The nearest are enough: a thousand requests
    /// about one subject are not a million pairs.
    /// </summary>
    private static IEnumerable<(string Request, string Other)> Pairs(
        IReadOnlyList<About> about,
        IEnumerable<Known> newestFirst
    )
    {
        var seen = new Dictionary<(long Hash, string Country), List<string>>();
        foreach (var k in newestFirst.Reverse())
        {
            Of(k.Hash, k.Country).Add(k.RequestId);
        }

        foreach (var (hash, country, by) in about)
        {
            var others = Of(hash, country);
            foreach (var other in others.TakeLast(MostOffered).Where(other => other != by.RequestId))
            {
                yield return (by.RequestId, other);
            }

            others.Add(by.RequestId);
        }

        List<string> Of(long hash, string country)
        {
            if (!seen.TryGetValue((hash, country), out var ids))
            {
                seen.Add((hash, country), ids = []);
            }

            return ids;
        }
    }

    /// <summary>Type, name and date of birth of each subject; where there is none, the subject line. None but for a request.</summary>
    public IEnumerable<long> Hashes(Message message)
    {
        var subjects =
            message.Kind != Kinds.Request ? []
            : message.Subjects is { Count: > 0 } named
                ? named.Select(s => $"{s.Type} {s.First("name")} {s.First("born")}")
            : [$"line {message.Subject}"];
        return subjects.Select(words.HashOf).Distinct();
    }

    /// <summary>Everything that a request of the case was offered with or linked to, newest first.</summary>
    public Task<IReadOnlyList<TwinRow>> OfCaseAsync(string caseId, CancellationToken cancellation)
    {
        const string sql = """
            SELECT w.request_id, w.other_id, w.state, w.at, w.by_login, o.case_id AS other_case, o.partner, o.sent
            FROM request r JOIN request_twin w ON w.request_id = r.id JOIN request o ON o.id = w.other_id
            WHERE r.case_id = @Case AND w.state <> 'dismissed'
            UNION ALL
            SELECT w.other_id, w.request_id, w.state, w.at, w.by_login, o.case_id, o.partner, o.sent
            FROM request r JOIN request_twin w ON w.other_id = r.id JOIN request o ON o.id = w.request_id
            WHERE r.case_id = @Case AND w.state <> 'dismissed'
            ORDER BY 4 DESC LIMIT 50
            """;
        return database.ReadAsync(c => c.ListAsync<TwinRow>(sql, new { Case = caseId }, cancellation), cancellation);
    }

    /// <summary>Links two requests, or says that they are two matters.</summary>
    public async Task<bool> DecideAsync(
        Officer officer,
        (RequestRow One, RequestRow Other) pair,
        bool same,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE request_twin SET state = @State, at = @At, by_login = @By
            WHERE (request_id = @One AND other_id = @Other) OR (request_id = @Other AND other_id = @One)
            """;
        var values = new
        {
            State = same ? "linked" : "dismissed",
            At = clock.GetUtcNow(),
            By = officer.Login,
            One = pair.One.Id,
            Other = pair.Other.Id,
        };
        var action = same ? LedgerAction.Combine : LedgerAction.Alter;
        var leaf = new LedgerEvent(
            officer.Login,
            action,
            $"request:{pair.One.Id}",
            same ? $"linked:{pair.Other.Id}" : $"not-the-same:{pair.Other.Id}"
        );
        return await database.WriteAsync(
            async t =>
            {
                if (await t.RunAsync(sql, values, cancellation) == 0)
                {
                    return false;
                }

                await ledger.AppendAsync(t, leaf, cancellation);
                return true;
            },
            cancellation
        );
    }

    private sealed record About(long Hash, string Country, FoundBy By);

    private sealed record Known
    {
        public required long Hash { get; init; }
        public required string RequestId { get; init; }
        public required string Country { get; init; }
    }
}

/// <summary>A request of the case and another that looks like it.</summary>
public sealed record TwinRow
{
    public required string RequestId { get; init; }
    public required string OtherId { get; init; }

    /// <summary>`offered` or `linked`.</summary>
    public required string State { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? ByLogin { get; init; }
    public required string OtherCase { get; init; }
    public required string Partner { get; init; }
    public required DateTimeOffset Sent { get; init; }
}
