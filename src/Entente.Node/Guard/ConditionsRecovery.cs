using Entente.Node.Features.Recovery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Guard;

/// <summary>The conditions of what this node had sent before it was restored: they bind as before.</summary>
internal sealed class ConditionsRecovery(UseConditions conditions) : IForgottenSending
{
    public Task SentAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    ) =>
        message.Kind is Kinds.Request or Kinds.Information or Kinds.Alert or Kinds.Answer
            ? conditions.KeepAsync(transaction, [message], cancellation)
            : Task.CompletedTask;
}
