namespace Entente.Node.Features.Exchange;

/// <summary>Says which received messages are put to no new use, because whoever sent them took them back.</summary>
internal interface IWithdrawn
{
    Task<bool> IsWithdrawnAsync(string message, CancellationToken cancellation);
}
