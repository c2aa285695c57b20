using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

internal static class SafeguardMembers
{
    /// <summary>The ground of a transfer as it goes on the message; null where none was given.</summary>
    public static Transfer? Transfer(Safeguards safeguards) =>
        string.IsNullOrWhiteSpace(safeguards.TransferGround)
            ? null
            : new Transfer(safeguards.TransferGround, safeguards.TransferReason?.Trim() ?? "");
}
