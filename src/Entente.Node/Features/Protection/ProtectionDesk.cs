using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Protection;

/// <summary>
/// Where data-protection officers place and lift the marker; the doors check their role. The leaf says only that a record
/// was kept: the ledger's readers need not have the role.
/// </summary>
internal sealed class ProtectionDesk(
    Database database,
    ProtectionBook book,
    ContentSeal seal,
    LedgerLog ledger,
    Ids ids,
    TimeProvider clock
)
{
    public async Task<ProtectionError?> PlaceAsync(
        Officer officer,
        string? names,
        string? origin,
        string? remark,
        CancellationToken cancellation
    )
    {
        string[] said = (names ?? "").Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        if (said.Length == 0 || said.Any(name => SearchWords.Words(name + ".").Distinct().Count() < 2))
        {
            return new NameTooShort();
        }

        var country = origin?.Trim().ToUpperInvariant() ?? "";
        if (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))
        {
            return new OriginUnknown();
        }

        const string sql = """
            INSERT INTO protected_person (id, origin, placed_at, placed_by, data_key, sealed)
            VALUES (@Id, @Origin, @At, @By, @DataKey, @Sealed)
            """;
        await database.WriteAsync(
            async t =>
            {
                var kept = await seal.SealAsync(t, ProtectionBook.Content(said, remark?.Trim() ?? ""), cancellation);
                var id = ids.New();
                var values = new
                {
                    Id = id,
                    Origin = country,
                    At = clock.GetUtcNow(),
                    By = officer.Login,
                    kept.DataKey,
                    Sealed = kept.Bytes,
                };
                await t.RunAsync(sql, values, cancellation);
                await LedgerAsync(t, officer, id, cancellation);
            },
            cancellation
        );
        return null;
    }

    public Task<ProtectionError?> LiftAsync(Officer officer, string id, CancellationToken cancellation)
    {
        const string sql = "UPDATE protected_person SET lifted_at = @At WHERE id = @Id AND lifted_at IS NULL";
        return database.WriteAsync<ProtectionError?>(
            async t =>
            {
                if (await t.RunAsync(sql, new { Id = id, At = clock.GetUtcNow() }, cancellation) == 0)
                {
                    return new ProtectionUnknown();
                }

                await LedgerAsync(t, officer, id, cancellation);
                return null;
            },
            cancellation
        );
    }

    public Task<IReadOnlyList<ProtectedPerson>> ListAsync(CancellationToken cancellation) =>
        book.ListAsync(500, cancellation);

    private Task<long> LedgerAsync(Transaction t, Officer officer, string id, CancellationToken cancellation) =>
        ledger.AppendAsync(
            t,
            new LedgerEvent(officer.Login, LedgerAction.Administer, $"record:{id}", "kept"),
            cancellation
        );
}
