namespace Entente.Node.Ledger;

/// <summary>Keeps something in step with the ledger, a little behind it; asked to read on before anything is erased.</summary>
internal interface ILedgerFollowing
{
    Task FollowAsync(CancellationToken cancellation);
}
