using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Breach;

/// <summary>Shows partners' notices to the protection officer, who does not open cases: who, when, which messages.</summary>
internal sealed class BreachReception : IReception
{
    private const int MostMessages = 1000;

    public async Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        foreach (var incoming in messages.Where(one => one.Message.Kind == Kinds.Information && one.Refusal is null))
        {
            if (incoming.Message.AsInformation()?.Breach is { } notice && IsSound(notice))
            {
                await BreachNotices.InsertAsync(transaction, Row(incoming.Message, notice, receivedAt), cancellation);
            }
        }
    }

    private static bool IsSound(BreachNotice notice) =>
        Guid.TryParse(notice.Id, out _)
        && notice.Nature is { Count: > 0 } natures
        && natures.All(BreachCase.Natures.Contains)
        && notice.Messages is { Count: <= MostMessages };

    /// <summary>What a notice says of its own row, as its receiver keeps it.</summary>
    public static BreachNoticeRow Row(Message message, BreachNotice notice, DateTimeOffset at) =>
        new()
        {
            MessageId = message.Id.ToString(),
            Direction = "in",
            Partner = message.From.Node.ToString(),
            BreachId = notice.Id,
            At = at,
            NoticedAt = notice.Noticed,
            Nature = string.Join(',', notice.Nature),
            Messages = string.Join(',', notice.Messages),
        };
}
