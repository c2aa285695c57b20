using Entente.Node.Storage;

namespace Entente.Node.Features.Retention.Registers;

/// <summary>A register whose entries name persons, and are reviewed and erased like cases. Register with `TryAddEnumerable`.</summary>
internal interface IKeptRegister
{
    /// <summary>As in the ledger, `rights:0192…`; also a label `registers.CODE`.</summary>
    string Code { get; }

    /// <summary>Entries whose review is due, the first due first.</summary>
    Task<IReadOnlyList<RegisterEntry>> ToReviewAsync(DateTimeOffset now, int most, CancellationToken cancellation);

    /// <summary>Ids of entries whose period has ended.</summary>
    Task<IReadOnlyList<string>> EndedAsync(DateTimeOffset now, int most, CancellationToken cancellation);

    /// <returns>0 where there is no such entry to review.</returns>
    Task<int> ReviewedAsync(Transaction transaction, string id, DateTimeOffset next, CancellationToken cancellation);

    /// <summary>What they say becomes unreadable; that they were there stays.</summary>
    /// <returns>Those erased now.</returns>
    Task<IReadOnlyList<string>> EraseAsync(
        Transaction transaction,
        IReadOnlyList<string> entries,
        DateTimeOffset at,
        CancellationToken cancellation
    );
}

public sealed record RegisterEntry
{
    public required string Id { get; init; }

    /// <summary>The register's.</summary>
    public string Code { get; init; } = "";
    public required DateTimeOffset ClosedAt { get; init; }
    public required DateTimeOffset ReviewAt { get; init; }
    public required DateTimeOffset EraseAt { get; init; }
}
