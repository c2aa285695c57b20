using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Protection;

/// <summary>
/// Messages as the officers of this node see them: what they wrote stands where something else went, or nothing. Whoever
/// shows messages, counts them or keeps files on them reads here; whoever sends or proves them reads the
/// <see cref="MessageStore"/>, where alone is what left.
/// </summary>
internal sealed class SeenMessages(Database database, MessageStore messages, ContentSeal seal)
{
    private const string Columns = """
        d.message AS id, d.partner, d.case_id, d.kind, d.from_unit, d.to_unit, d.reply_to, d.sent, d.at, d.priority, d.rank,
        d.handling, d.line_sha256, d.leaf, d.delivered, d.data_key, d.sealed, k.wrapped
        """;

    public async Task<StoredMessage?> FindAsync(string id, CancellationToken cancellation) =>
        await OneAsync(id, cancellation) is { } kept ? kept.Stored() : await messages.FindAsync(id, cancellation);

    public async Task<StoredMessage?> FindAsync(Transaction t, string id, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {Columns} FROM kept_draft d LEFT JOIN data_key k ON k.id = d.data_key WHERE d.message = @Id
            """;
        var kept = await t.OneAsync<Kept>(sql, new { Id = id }, cancellation);
        return kept is null ? await messages.FindAsync(t, id, cancellation) : kept.Stored();
    }

    /// <summary>Null when there is no such message, or its content was erased.</summary>
    public async Task<OpenedMessage?> OpenAsync(string id, CancellationToken cancellation) =>
        await OneAsync(id, cancellation) is { } kept ? Open(kept) : await messages.OpenAsync(id, cancellation);

    /// <summary>A page's, by their ids. Those unknown or erased are not among them.</summary>
    public async Task<IReadOnlyDictionary<string, OpenedMessage>> OpenAsync(
        IReadOnlyList<string> ids,
        CancellationToken cancellation
    )
    {
        const string select = $"""
            SELECT {Columns} FROM kept_draft d LEFT JOIN data_key k ON k.id = d.data_key WHERE d.message 
            """;
        var opened = await messages.OpenAsync(ids, cancellation);
        var kept = await database.ReadAsync(
            c =>
                c.ListAsync<Kept>(
                    select + database.Dialect.AmongMany,
                    new { Ids = database.Dialect.Many(ids) },
                    cancellation
                ),
            cancellation
        );
        if (kept.Count == 0)
        {
            return opened;
        }

        var all = opened.ToDictionary(StringComparer.Ordinal);
        foreach (var one in kept)
        {
            all.Remove(one.Id);
            if (Open(one) is { } written)
            {
                all[one.Id] = written;
            }
        }

        return all;
    }

    /// <summary>A case's in the order they came.</summary>
    public async Task<IReadOnlyList<StoredMessage>> CaseAsync(string caseId, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {Columns} FROM kept_draft d LEFT JOIN data_key k ON k.id = d.data_key WHERE d.case_id = @Case
            """;
        var all = await messages.CaseAsync(caseId, cancellation);
        var kept = await database.ReadAsync(
            c => c.ListAsync<Kept>(sql, new { Case = caseId }, cancellation),
            cancellation
        );
        if (kept.Count == 0)
        {
            return all;
        }

        var written = kept.ToDictionary(one => one.Id, one => one.Stored(), StringComparer.Ordinal);
        return
        [
            .. all.Where(message => !written.ContainsKey(message.Id))
                .Concat(written.Values)
                .OrderBy(message => message.At)
                .ThenBy(message => message.Id, StringComparer.Ordinal),
        ];
    }

    private Task<Kept?> OneAsync(string id, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {Columns} FROM kept_draft d LEFT JOIN data_key k ON k.id = d.data_key WHERE d.message = @Id
            """;
        return database.ReadAsync(c => c.OneAsync<Kept>(sql, new { Id = id }, cancellation), cancellation);
    }

    private OpenedMessage? Open(Kept kept)
    {
        if (kept.Wrapped is null)
        {
            return null;
        }

        var line = seal.Open(kept.DataKey, kept.Wrapped, kept.Sealed);
        return new OpenedMessage(kept.Stored(), Message.Parse(line).Required(), line);
    }

    private sealed record Kept
    {
        public required string Id { get; init; }
        public required string Partner { get; init; }
        public required string CaseId { get; init; }
        public required string Kind { get; init; }
        public required string FromUnit { get; init; }
        public required string ToUnit { get; init; }
        public string? ReplyTo { get; init; }
        public required DateTimeOffset Sent { get; init; }
        public required DateTimeOffset At { get; init; }
        public required int Priority { get; init; }
        public required int Rank { get; init; }
        public required string Handling { get; init; }
        public required string LineSha256 { get; init; }
        public required long Leaf { get; init; }
        public DateTimeOffset? Delivered { get; init; }
        public required string DataKey { get; init; }
        public required byte[] Sealed { get; init; }
        public byte[]? Wrapped { get; init; }

        public StoredMessage Stored() =>
            new()
            {
                Id = Id,
                Partner = Partner,
                Direction = MessageDirection.Out,
                Kind = Kind,
                CaseId = CaseId,
                ReplyTo = ReplyTo,
                FromUnit = FromUnit,
                ToUnit = ToUnit,
                Sent = Sent,
                At = At,
                Priority = Priority,
                State = Delivered is null ? MessageState.Queued : MessageState.Delivered,
                StateAt = Delivered ?? At,
                Delivered = Delivered,
                ClassificationRank = Rank,
                Handling = Handling,
                LineSha256 = LineSha256,
                Leaf = Leaf,
            };
    }
}
