using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>The ceremony's changes to the database, each in the caller's transaction.</summary>
internal static class LinkWrites
{
    /// <summary>Holds the link's row until the transaction ends, so that two officers' changes follow each other.</summary>
    /// <returns>The version of the settings in force; 0 where there is no link.</returns>
    public static async Task<int> LockAsync(Transaction transaction, string partner, CancellationToken cancellation)
    {
        const string sql = "UPDATE link SET partner = partner WHERE partner = @Partner RETURNING settings";
        return await transaction.OneAsync<int?>(sql, new { Partner = partner }, cancellation) ?? 0;
    }

    public static async Task CardAsync(
        Transaction transaction,
        LinkCard card,
        string officer,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string insert = """
            INSERT INTO link_card (partner, sha256, jws, at, officer) VALUES (@Partner, @Sha256, @Jws, @At, @Officer)
            ON CONFLICT (partner, sha256) DO NOTHING
            """;
        const string current = "UPDATE link SET card = @Sha256 WHERE partner = @Partner";
        var values = new
        {
            Partner = card.Node.ToString(),
            Sha256 = card.Sha256.ToString(),
            card.Jws,
            At = at,
            Officer = officer,
        };
        await transaction.RunAsync(insert, values, cancellation);
        await transaction.RunAsync(current, values, cancellation);
    }

    public static async Task CreateAsync(
        Transaction transaction,
        LinkCard card,
        LinkSettings settings,
        string officer,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO link (partner, card, state, state_at, state_by, settings)
            VALUES (@Partner, @Card, 'pending', @At, @Officer, 0)
            """;
        var values = new
        {
            Partner = card.Node.ToString(),
            Card = card.Sha256.ToString(),
            At = at,
            Officer = officer,
        };
        await transaction.RunAsync(sql, values, cancellation);
        await SettingsAsync(transaction, values.Partner, settings, officer, at, cancellation);
    }

    public static async Task SettingsAsync(
        Transaction transaction,
        string partner,
        LinkSettings settings,
        string officer,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string insert = """
            INSERT INTO link_settings (partner, version, json, at, officer)
            VALUES (@Partner, @Version, @Json, @At, @Officer)
            """;
        const string current = "UPDATE link SET settings = @Version WHERE partner = @Partner";
        var values = new
        {
            Partner = partner,
            settings.Version,
            Json = LinkRows.Write(settings with { ProfileSha256 = settings.ProfileSha256 ?? Sha256(settings) }),
            At = at,
            Officer = officer,
        };
        await transaction.RunAsync(insert, values, cancellation);
        await transaction.RunAsync(current, values, cancellation);
    }

    /// <summary>Of the file as it is here: whoever accepts a link accepts these rules and no others.</summary>
    private static string? Sha256(LinkSettings settings) =>
        LegalProfiles.Shipped.Find(settings.ProfileId, settings.ProfileVersion)?.Sha256;

    public static Task ConfirmAsync(
        Transaction transaction,
        string partner,
        string signingKey,
        string officer,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO link_confirmation (partner, signing_key, officer, at)
            VALUES (@Partner, @SigningKey, @Officer, @At)
            """;
        var values = new
        {
            Partner = partner,
            SigningKey = signingKey,
            Officer = officer,
            At = at,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }

    public static Task CarryConfirmationsAsync(
        Transaction transaction,
        Link held,
        LinkCard card,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO link_confirmation (partner, signing_key, officer, at)
            SELECT partner, @NewKey, officer, at FROM link_confirmation
            WHERE partner = @Partner AND signing_key = @OldKey
            """;
        var values = new
        {
            held.Partner,
            OldKey = held.Card!.SigningJwk.Thumbprint, // A held link has its card.
            NewKey = card.SigningJwk.Thumbprint,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }

    public static Task StateAsync(
        Transaction transaction,
        string partner,
        LinkState state,
        string? reason,
        string officer,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE link SET state = @State, reason = @Reason, state_by = @Officer, state_at = @At
            WHERE partner = @Partner
            """;
        var values = new
        {
            Partner = partner,
            State = state.ToString().ToLowerInvariant(),
            Reason = reason,
            Officer = officer,
            At = at,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }
}
