using System.Text.Json;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>Keeps what is written here and not yet sent, sealed like every content.</summary>
internal sealed class Drafting(ContentSeal seal, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const string Kept = """
        SELECT d.data_key, d.sealed, k.wrapped FROM text_draft d JOIN data_key k ON k.id = d.data_key
        WHERE d.text = @Text
        """;

    public async Task<IReadOnlyList<Act>> OfAsync(
        System.Data.Common.DbConnection connection,
        string text,
        CancellationToken cancellation
    ) => Open(await connection.OneAsync<Row>(Kept, new { Text = text }, cancellation));

    public async Task<IReadOnlyList<Act>> OfAsync(Transaction t, string text, CancellationToken cancellation) =>
        Open(await t.OneAsync<Row>(Kept, new { Text = text }, cancellation));

    /// <summary>No acts: the draft goes.</summary>
    public async Task KeepAsync(
        Transaction t,
        string text,
        IReadOnlyList<Act> acts,
        string login,
        CancellationToken cancellation
    )
    {
        const string old = "SELECT data_key FROM text_draft WHERE text = @Text";
        const string clear = "DELETE FROM text_draft WHERE text = @Text";
        const string add = """
            INSERT INTO text_draft (text, by_login, at, data_key, sealed) VALUES (@Text, @Login, @At, @DataKey, @Sealed)
            """;
        var key = await t.OneAsync<string>(old, new { Text = text }, cancellation);
        if (key is not null)
        {
            await t.RunAsync(clear, new { Text = text }, cancellation);
            await ContentSeal.EraseAsync(t, key, cancellation);
        }

        if (acts.Count == 0)
        {
            return;
        }

        var content = await seal.SealAsync(t, JsonSerializer.SerializeToUtf8Bytes(acts, Json), cancellation);
        var row = new
        {
            Text = text,
            Login = login,
            At = clock.GetUtcNow(),
            content.DataKey,
            Sealed = content.Bytes,
        };
        await t.RunAsync(add, row, cancellation);
    }

    private IReadOnlyList<Act> Open(Row? row) =>
        row is null
            ? []
            // It was written by KeepAsync.
            : JsonSerializer.Deserialize<IReadOnlyList<Act>>(seal.Open(row.DataKey, row.Wrapped, row.Sealed), Json)!;

    private sealed record Row
    {
        public string DataKey { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
        public byte[] Wrapped { get; init; } = [];
    }
}
