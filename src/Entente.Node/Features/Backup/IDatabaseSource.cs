using Entente.Node.Verification;

namespace Entente.Node.Features.Backup;

/// <summary>The database as it was at one moment, on either engine.</summary>
internal interface IDatabaseSource : IAsyncDisposable
{
    SnapshotFacts Facts { get; }

    Task WriteAsync(ArchiveWriter archive, Advance progress, CancellationToken cancellation);
}
