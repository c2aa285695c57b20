namespace Entente.Node.Features.Record;

/// <summary>What other features may ask of the record.</summary>
internal sealed class RecordBook
{
    /// <summary>The instruments in force with a state: the legal bases a request may name.</summary>
    public Task<IReadOnlyList<BasisChoice>> BasesAsync(string country, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<BasisChoice>>([]);

    /// <summary>The commitments with a state that an exchange may serve.</summary>
    public Task<IReadOnlyList<CommitmentChoice>> CommitmentsAsync(string country, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CommitmentChoice>>([]);
}

/// <param name="Id">The instrument's id on this node; the title and date travel in the message beside it.</param>
/// <param name="Type">`agreement`, `declaration-of-intent`, …</param>
/// <param name="Date">As precise as known: `2023`, `2023-10`, `2023-10-30`.</param>
internal sealed record BasisChoice(string Id, string Type, string Title, string? Date);

/// <param name="Type">`information-exchange`, `training`, …</param>
internal sealed record CommitmentChoice(string Id, string Type, string Text, string? Domain);
