using Entente.Node.Ledger;
using Entente.Node.Verification;

namespace Entente.Node.Features.Backup;

/// <summary>The database as it was at one moment, on either engine.</summary>
internal interface IDatabaseSource : IAsyncDisposable
{
    IReadOnlyList<long> Migrations { get; }

    /// <summary>The ledger as it stands in this snapshot.</summary>
    LedgerHead Head { get; }

    Task WriteAsync(ArchiveWriter archive, Advance progress, CancellationToken cancellation);
}
