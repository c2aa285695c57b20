using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Meetings;

/// <summary>Our own minutes of a meeting's sessions, sealed; no message carries them.</summary>
internal sealed class Minutes(Database database, ContentSeal seal, LedgerLog ledger, TimeProvider clock)
{
    public const int Longest = 20_000;

    public async Task<IReadOnlyDictionary<string, string>> OfAsync(string meeting, CancellationToken cancellation)
    {
        const string sql = """
            SELECT m.session, m.data_key, m.sealed, k.wrapped FROM meeting_minutes m JOIN data_key k ON k.id = m.data_key
            WHERE m.meeting = @Meeting
            """;
        var rows = await database.ReadAsync(
            c => c.ListAsync<Row>(sql, new { Meeting = meeting }, cancellation),
            cancellation
        );
        return rows.ToDictionary(
            r => r.Session,
            r => Encoding.UTF8.GetString(seal.Open(r.DataKey, r.Wrapped, r.Sealed)),
            StringComparer.Ordinal
        );
    }

    public Task KeepAsync(
        Officer officer,
        string meeting,
        string session,
        string words,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            async t =>
            {
                const string old =
                    "SELECT data_key FROM meeting_minutes WHERE meeting = @Meeting AND session = @Session";
                const string clear = "DELETE FROM meeting_minutes WHERE meeting = @Meeting AND session = @Session";
                const string add = """
                    INSERT INTO meeting_minutes (meeting, session, by_login, at, data_key, sealed)
                    VALUES (@Meeting, @Session, @Login, @At, @DataKey, @Sealed)
                    """;
                var with = new { Meeting = meeting, Session = session };
                if (await t.OneAsync<string>(old, with, cancellation) is { } key)
                {
                    await t.RunAsync(clear, with, cancellation);
                    await ContentSeal.EraseAsync(t, key, cancellation);
                }

                var content = await seal.SealAsync(t, Encoding.UTF8.GetBytes(words), cancellation);
                var row = new
                {
                    Meeting = meeting,
                    Session = session,
                    officer.Login,
                    At = clock.GetUtcNow(),
                    content.DataKey,
                    Sealed = content.Bytes,
                };
                await t.RunAsync(add, row, cancellation);
                var leaf = new LedgerEvent(officer.Login, LedgerAction.Alter, $"meeting:{meeting}", "minutes");
                await ledger.AppendAsync(t, leaf, cancellation);
            },
            cancellation
        );

    private sealed record Row
    {
        public string Session { get; init; } = "";
        public string DataKey { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
        public byte[] Wrapped { get; init; } = [];
    }
}
