using System.Data.Common;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>The cards that partners' present ones replaced: they verify what was signed before, and nothing new.</summary>
internal static class PastCards
{
    /// <summary>The card that this one names as the one it replaces; null where it names none that was here.</summary>
    public static async Task<LinkCard?> BeforeAsync(
        DbConnection connection,
        LinkCard card,
        CancellationToken cancellation
    )
    {
        const string sql = "SELECT jws FROM link_card WHERE partner = @Partner AND sha256 = @Previous";
        var values = new { Partner = card.Node.ToString(), Previous = card.Previous?.ToString() ?? "" };
        var jws = await connection.OneAsync<string>(sql, values, cancellation);
        return jws is null ? null : LinkCard.Open(jws).Required(); // Checked when it was accepted.
    }
}
