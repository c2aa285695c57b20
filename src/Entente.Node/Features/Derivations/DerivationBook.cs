using Entente.Node.Features.Accounts;
using Entente.Node.Features.Corrections;
using Entente.Node.Storage;

namespace Entente.Node.Features.Derivations;

/// <summary>
/// Keeps what was made of messages, without a word of it, so that a recall flags it and whoever made it is told. Nothing is
/// marked when a recall comes: what is overtaken follows from the times of both.
/// </summary>
internal sealed class DerivationBook(Database database, Ids ids, TimeProvider clock) : IDerivations
{
    private const int Most = 200;

    /// <summary>What is older its maker no longer works with.</summary>
    private static readonly TimeSpan Followed = TimeSpan.FromDays(3 * 365);

    public Task KeepAsync(Derivation made, CancellationToken cancellation) =>
        database.WriteAsync(t => KeepAsync(t, made, cancellation), cancellation);

    /// <summary>In the transaction that records that it was made. Made again within the hour it is the same.</summary>
    public async Task KeepAsync(Transaction t, Derivation made, CancellationToken cancellation)
    {
        const string again = """
            UPDATE derivation SET at = @At, since = @Since
            WHERE actor = @Actor AND at >= @Hour AND kind = @Kind AND object = @Object
            """;
        const string insert = """
            INSERT INTO derivation (id, kind, object, actor, at, country, since)
            VALUES (@Id, @Kind, @Object, @Actor, @At, @Country, @Since)
            """;
        const string message = "INSERT INTO derivation_message (message_id, derivation_id) VALUES (@Message, @Id)";
        var now = clock.GetUtcNow();
        var values = new
        {
            Id = ids.New(),
            made.Kind,
            made.Object,
            made.Actor,
            At = now,
            Hour = now.AddHours(-1),
            made.Scope?.Country,
            made.Scope?.Since,
        };
        if (made.Scope is not null && await t.RunAsync(again, values, cancellation) > 0)
        {
            return;
        }

        await t.RunAsync(insert, values, cancellation);
        foreach (var one in made.Messages)
        {
            await t.RunAsync(message, new { Message = one, values.Id }, cancellation);
        }
    }

    /// <summary>What an officer made that was overtaken since they last looked, the last correction first.</summary>
    public async Task<IReadOnlyList<Overtaken>> OvertakenAsync(Officer officer, CancellationToken cancellation)
    {
        const string named = """
            SELECT d.id, d.kind, d.object, d.at, c.id AS correction, c.action, c.at AS corrected_at
            FROM derivation d
            JOIN derivation_message x ON x.derivation_id = d.id
            JOIN correction c ON c.message_id = x.message_id
            WHERE d.actor = @Login AND d.at >= @Since AND c.at > COALESCE(d.seen_at, d.at) AND c.state <> 'refused'
            ORDER BY c.at DESC LIMIT @Most
            """;
        const string scoped = """
            SELECT d.id, d.kind, d.object, d.at, c.id AS correction, c.action, c.at AS corrected_at
            FROM derivation d
            JOIN correction c ON c.at > COALESCE(d.seen_at, d.at) AND c.state <> 'refused'
            JOIN request r ON r.case_id = c.case_id AND r.country = d.country AND r.sent >= d.since AND r.sent <= d.at
            WHERE d.actor = @Login AND d.at >= @Since AND d.country IS NOT NULL
            ORDER BY c.at DESC LIMIT @Most
            """;
        var with = new
        {
            officer.Login,
            Since = clock.GetUtcNow() - Followed,
            Most,
        };
        await using var connection = await database.OpenAsync(cancellation);
        return
        [
            .. (await connection.ListAsync<Overtaken>(named, with, cancellation))
                .Concat(await connection.ListAsync<Overtaken>(scoped, with, cancellation))
                .GroupBy(one => one.Id, StringComparer.Ordinal)
                .Select(few => few.MaxBy(one => one.CorrectedAt)!) // Of a group: not empty.
                .OrderByDescending(one => one.CorrectedAt),
        ];
    }

    /// <summary>Its maker has looked at it.</summary>
    public Task SeenAsync(Officer officer, string id, CancellationToken cancellation)
    {
        const string sql = "UPDATE derivation SET seen_at = @At WHERE id = @Id AND actor = @Login";
        var values = new
        {
            Id = id,
            officer.Login,
            At = clock.GetUtcNow(),
        };
        return database.WriteAsync(t => t.RunAsync(sql, values, cancellation), cancellation);
    }

    /// <summary>Evidence is told from the ledger: see <see cref="CaseDerivations"/>.</summary>
    public async Task<IReadOnlyList<Derived>> OfAsync(
        Transaction transaction,
        string messageId,
        CancellationToken cancellation
    )
    {
        const string named = """
            SELECT d.id, d.kind, d.at FROM derivation_message x JOIN derivation d ON d.id = x.derivation_id
            WHERE x.message_id = @Id AND d.kind <> 'evidence' ORDER BY d.at LIMIT @Most
            """;
        const string scoped = """
            SELECT d.id, d.kind, d.at FROM message m
            JOIN request r ON r.case_id = m.case_id
            JOIN derivation d ON d.country = r.country AND d.at >= r.sent AND d.since <= r.sent
            WHERE m.id = @Id ORDER BY d.at DESC LIMIT @Most
            """;
        var with = new { Id = messageId, Most };
        return
        [
            .. (await transaction.ListAsync<Made>(named, with, cancellation))
                .Concat(await transaction.ListAsync<Made>(scoped, with, cancellation))
                .DistinctBy(made => made.Id, StringComparer.Ordinal)
                .Select(made => new Derived(made.Kind, $"derivation:{made.Id}", made.At)),
        ];
    }

    private sealed record Made
    {
        public required string Id { get; init; }
        public required string Kind { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
