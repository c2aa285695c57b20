using Entente.Node.Storage;

namespace Entente.Bench;

/// <summary>Rows of one transaction, in the tables' own columns.</summary>
internal sealed class GrowthRows
{
    private static readonly string Made = new('A', 43);
    private static readonly string Receipt = new('A', 1500);

    public List<object?[]> Messages { get; } = [];

    /// <summary>By which a request is found: the hash, and which of the messages it is.</summary>
    public List<(long Hash, int Message)> Words { get; } = [];

    private readonly List<object?[]> _requests = [];

    public void Message(
        string id,
        string partner,
        bool incoming,
        long seq,
        string kind,
        string caseId,
        string? replyTo,
        string unit,
        long at
    ) => Messages.Add([id, partner, incoming ? "in" : "out", seq, kind, caseId, replyTo, unit, at]);

    public void Request(
        string id,
        string partner,
        bool incoming,
        string caseId,
        string unit,
        long at,
        string? answer
    ) =>
        _requests.Add([
            id,
            caseId,
            incoming ? "in" : "out",
            partner,
            partner[1..3], // A country of its own.
            unit,
            at,
            at + 86_400_000L,
            answer is null ? "received" : "answered",
            answer is null,
            answer is null ? null : at + 3_600_000L,
            answer,
        ]);

    public async Task StoreAsync(Transaction t, long leaf, IReadOnlyList<SealedContent> contents, int envelope)
    {
        const string message = """
            INSERT INTO message (id, partner, direction, seq, kind, case_id, reply_to, from_unit, to_unit, sent, at,
                priority, state, state_at, delivered, classification_rank, handling, line_sha256, leaf, data_key, sealed)
            VALUES (@Id, @Partner, @Direction, @Seq, @Kind, @Case, @Reply, 'liaison', @Unit, @At, @At,
                1, @State, @At, @At, 0, 'H1', @Made, @Leaf, @Key, @Sealed)
            """;
        const string request = """
            INSERT INTO request (id, case_id, kind, direction, partner, country, unit, partner_unit, domain, urgency,
                profile_id, profile_version, rank, sent, received, due, sort_at, state, open, answered_at, answer_id)
            VALUES (@Id, @Case, 'request', @Direction, @Partner, @Country, @Unit, 'liaison', 'terrorism', 'other',
                'eu-2023-977', '2023-06-11', 0, @At, @At, @Due, @Due, @State, @Open, @Answered, @Answer)
            """;
        const string entry = """
            INSERT INTO envelope_entry (partner, direction, seq, id, sha256, merkle_leaf, status, leaf)
            VALUES (@Partner, @Direction, @Seq, @Id, @Made, @Made, 'accepted', @Leaf)
            """;
        const string sealedIn = """
            INSERT INTO envelope (partner, direction, first, count, sha256, prev, root, batch, at, state, receipt)
            VALUES (@Partner, @Direction, @First, @Count, @Sha256, @Sha256, @Sha256, @Receipt, @At, 'receipted', @Receipt)
            """;
        var rows = Messages
            .Select(
                (m, i) =>
                    (object?[])
                        [
                            .. m,
                            (string)m[2]! == "in" ? "received" : "delivered", // A row's direction.
                            Made,
                            leaf + i,
                            contents[i].DataKey,
                            contents[i].Bytes,
                        ]
            )
            .ToList();
        await RunAsync(t, message, "Id Partner Direction Seq Kind Case Reply Unit At State Made Leaf Key Sealed", rows);
        await RunAsync(
            t,
            request,
            "Id Case Direction Partner Country Unit At Due State Open Answered Answer",
            _requests
        );
        await RunAsync(
            t,
            entry,
            "Partner Direction Seq Id Made Leaf",
            [.. rows.Select(r => new[] { r[1], r[2], r[3], r[0], Made, r[11] })]
        );
        await RunAsync(
            t,
            sealedIn,
            "Partner Direction First Count Sha256 Receipt At",
            [
                .. rows.Where(r => (long)r[3]! % envelope == 1) // A row's seq.
                    .Select(r => new[] { r[1], r[2], r[3], envelope, "e" + r[0], Receipt, r[8] }),
            ]
        );
    }

    private static Task RunAsync(Transaction t, string sql, string columns, List<object?[]> rows) =>
        Bulk.ExecuteAsync(t, sql, columns.Split(' '), rows, default);
}
