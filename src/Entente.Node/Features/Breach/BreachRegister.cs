using Entente.Node.Features.Retention.Registers;
using Entente.Node.Storage;

namespace Entente.Node.Features.Breach;

/// <summary>Breaches that were closed are kept for a time, and their words erased.</summary>
internal sealed class BreachRegister(Database database) : KeptRegister(database)
{
    public override string Code => "breach";

    protected override string ToReview =>
        """
            SELECT id, closed_at, review_at, erase_at FROM breach
            WHERE review_at <= @Now AND erased_at IS NULL ORDER BY review_at, id LIMIT @Most
            """;

    protected override string Ended =>
        """
            SELECT id FROM breach WHERE erase_at <= @Now AND erased_at IS NULL ORDER BY erase_at, id LIMIT @Most
            """;

    protected override string Review =>
        """
            UPDATE breach SET review_at = @Next WHERE id = @Id AND review_at IS NOT NULL AND erased_at IS NULL
            """;

    protected override string Keys => "SELECT data_key FROM breach WHERE id ";

    protected override string Erase =>
        """
            UPDATE breach SET erased_at = @At, review_at = NULL, erase_at = NULL WHERE erased_at IS NULL AND id 
            """;
}
