using Dapper;
using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Links;

/// <summary>The card this node hands to partners: made once, made anew when what it says has changed or it is about to expire.</summary>
internal sealed class OwnCard(
    Database database,
    LedgerLog ledger,
    NodeKeys keys,
    NodeOptions options,
    TimeProvider clock
)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    public async Task<LinkCard> CurrentAsync(CancellationToken cancellation)
    {
        var current = await database.ReadAsync(c => NewestAsync(c, null, cancellation), cancellation);
        if (current is not null && StillTrue(current))
        {
            return current;
        }

        return await database.WriteAsync(t => IssueAsync(t, cancellation), cancellation);
    }

    private async Task<LinkCard> IssueAsync(Transaction transaction, CancellationToken cancellation)
    {
        var previous = await NewestAsync(transaction.Connection, transaction.Inner, cancellation);
        if (previous is not null && StillTrue(previous))
        {
            return previous; // Somebody else was faster.
        }

        var draft = Draft(previous);
        var card = LinkCard.Open(draft.Sign(keys.Signing)).Required();
        var rotation = previous is null ? null : Rotation(previous, draft, ref card);
        const string sql = """
            INSERT INTO own_card (sha256, jws, issued, rotation) VALUES (@Sha256, @Jws, @Issued, @Rotation)
            """;
        var values = new
        {
            Sha256 = card.Sha256.ToString(),
            card.Jws,
            card.Issued,
            Rotation = rotation,
        };
        await transaction.RunAsync(sql, values, cancellation);
        var issued = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Administer,
            $"card:{options.Node}",
            "card-issued",
            card.Sha256.ToString()
        );
        await ledger.AppendAsync(transaction, issued, cancellation);
        return card;
    }

    /// <summary>The newest card for partners who hold the one before, signed by the key they know; null where that is the same.</summary>
    public async Task<string?> RotationAsync(CancellationToken cancellation)
    {
        await CurrentAsync(cancellation);
        const string sql = "SELECT rotation FROM own_card ORDER BY issued DESC LIMIT 1";
        return await database.ReadAsync(c => c.OneAsync<string>(sql, null, cancellation), cancellation);
    }

    /// <summary>Signed anew: the very card inside the rotation is the one that partners will hold.</summary>
    private string? Rotation(LinkCard previous, LinkCard draft, ref LinkCard card)
    {
        if (
            previous.SigningJwk.Thumbprint == keys.Signing.Kid
            || keys.SigningOf(previous.SigningJwk.Thumbprint) is not { } old
        )
        {
            return null;
        }

        var rotation = draft.Rotate(keys.Signing, old);
        card = LinkCard.OpenRotated(rotation, previous).Required();
        return rotation;
    }

    private LinkCard Draft(LinkCard? previous)
    {
        var now = WireTime.Round(clock.GetUtcNow());
        return new LinkCard
        {
            Node = NodeId.Parse(options.Node),
            Country = options.Country.ToLowerInvariant(),
            Names = options.Names,
            Endpoint = Endpoint(),
            Jwks = new JwkSet([keys.Signing.PublicJwk, keys.Agreement.PublicJwk]),
            Tls = new TlsPin(keys.CertificatePin),
            Issued = now,
            Expires = now + Life,
            Previous = previous?.Sha256,
        };
    }

    private bool StillTrue(LinkCard card) =>
        card.Expires - clock.GetUtcNow() > RenewBefore
        && card.Endpoint == Endpoint()
        && card.Tls.Certificate == keys.CertificatePin
        && card.SigningJwk.Thumbprint == keys.Signing.Kid
        && card.AgreementJwk.Thumbprint == keys.Agreement.Kid
        && card.Names.Count == options.Names.Count
        && card.Names.All(name => options.Names.GetValueOrDefault(name.Key) == name.Value);

    private string Endpoint() => options.Link.TrimEnd('/');

    private static async Task<LinkCard?> NewestAsync(
        System.Data.Common.DbConnection connection,
        System.Data.Common.DbTransaction? transaction,
        CancellationToken cancellation
    )
    {
        const string sql = "SELECT jws FROM own_card ORDER BY issued DESC LIMIT 1";
        var jws = await connection.QueryFirstOrDefaultAsync<string>(
            new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellation)
        );
        return jws is null ? null : LinkCard.Open(jws).Required();
    }
}
