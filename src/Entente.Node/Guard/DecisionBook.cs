using Dapper;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Guard;

/// <summary>Keeps what the guard refused: the row for the people who answer for it, the leaf for those who check.</summary>
internal sealed class DecisionBook(Database database, LedgerLog ledger, Ids ids, TimeProvider clock)
{
    /// <summary>Records in a transaction of its own, before anything else happens.</summary>
    public Task RecordAsync(Objection objection, CancellationToken cancellation) =>
        database.WriteAsync(t => RecordAsync(t, objection, cancellation), cancellation);

    public async Task RecordAsync(Transaction transaction, Objection objection, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO decision (id, at, actor, act, kind, partner, object, why)
            VALUES (@Id, @At, @Actor, @Act, @Kind, @Partner, @Object, @Why)
            """;
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                new
                {
                    Id = ids.New(),
                    At = clock.GetUtcNow(),
                    objection.Actor,
                    objection.Act,
                    objection.Kind,
                    objection.Partner,
                    objection.Object,
                    objection.Why,
                },
                transaction.Inner,
                cancellationToken: cancellation
            )
        );
        await ledger.AppendAsync(
            transaction,
            new LedgerEvent(
                objection.Actor,
                LedgerAction.Decide,
                objection.Object,
                objection.Why,
                Link: objection.Partner
            ),
            cancellation
        );
    }
}

/// <summary>That the guard stood against something, in codes.</summary>
/// <param name="Act">A <see cref="DisclosureAct"/> in lower case, or `receive`.</param>
/// <param name="Object">As in the ledger: `message:0192…`.</param>
/// <param name="Why">`refused:basis`.</param>
public sealed record Objection(string Actor, string Act, string Kind, string Partner, string Object, string Why)
{
    public static Objection To(Disclosure disclosure, Decision decision, string @object) =>
        new(
            disclosure.Officer.Login,
            disclosure.Act.ToString().ToLowerInvariant(),
            disclosure.Kind,
            disclosure.Partner,
            @object,
            decision.Why
        );
}
