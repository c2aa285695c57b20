using Entente.Node.Features.Exchange;
using Entente.Node.Features.Recovery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Breach;

/// <summary>Notices that this node had given before it was restored: whom it told is told.</summary>
internal sealed class BreachRecovery : IForgottenSending
{
    public Task SentAsync(Transaction transaction, Message message, DateTimeOffset at, CancellationToken cancellation)
    {
        if (message.Kind != Kinds.Information || message.AsInformation()?.Breach is not { } notice)
        {
            return Task.CompletedTask;
        }

        var row = BreachReception.Row(message, notice, message.Sent) with
        {
            Direction = "out",
            Partner = message.To.Node.ToString(),
        };
        return BreachNotices.InsertAsync(transaction, row, cancellation);
    }
}
