using Entente.Node.Features.Retention.Registers;
using Entente.Node.Storage;

namespace Entente.Node.Features.Rights;

/// <summary>Persons' requests that were answered are kept for a time, and erased: who asked, what, and the letter.</summary>
internal sealed class RightsRegister(Database database) : KeptRegister(database)
{
    public override string Code => "rights";

    protected override string ToReview =>
        """
            SELECT id, sent_at AS closed_at, review_at, erase_at FROM rights_request
            WHERE review_at <= @Now AND erased_at IS NULL ORDER BY review_at, id LIMIT @Most
            """;

    protected override string Ended =>
        """
            SELECT id FROM rights_request WHERE erase_at <= @Now AND erased_at IS NULL ORDER BY erase_at, id LIMIT @Most
            """;

    protected override string Review =>
        """
            UPDATE rights_request SET review_at = @Next WHERE id = @Id AND review_at IS NOT NULL AND erased_at IS NULL
            """;

    protected override string Keys => "SELECT data_key FROM rights_request WHERE id ";

    protected override string Erase =>
        """
            UPDATE rights_request SET erased_at = @At, review_at = NULL, erase_at = NULL WHERE erased_at IS NULL AND id 
            """;
}
