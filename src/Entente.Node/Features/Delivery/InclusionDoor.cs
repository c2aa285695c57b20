using System.Globalization;
using System.Text;
using Entente.Node.Ledger;
using Entente.Protocol;
using LedgerAction = Entente.Protocol.LedgerAction;
using LedgerEvent = Entente.Protocol.LedgerEvent;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// `GET /link/1/inclusion?leaf=&amp;size=`: to the sender of a message, our leaf of its reception and the path from it to
/// the root of our first `size` leaves, which a receipt of ours has signed. Of other leaves a partner learns nothing.
/// </summary>
internal sealed class InclusionDoor(LedgerLog ledger)
{
    /// <returns>Why not, or null when the answer is written.</returns>
    public async Task<DeliveryRefusal?> ServeAsync(HttpContext context, string partner)
    {
        var cancellation = context.RequestAborted;
        if (
            !TryNumber(context.Request.Query["leaf"], out var leaf)
            || !TryNumber(context.Request.Query["size"], out var size)
            || leaf >= size
            || size > await ledger.SizeAsync(cancellation)
            || await ledger.LeafAsync(leaf, cancellation) is not { } text
            || !IsReception(text, partner)
        )
        {
            return new NoSuchResource();
        }

        var path = await ledger.InclusionAsync(leaf, size, cancellation);
        await context.Response.WriteAsJsonAsync(
            new
            {
                leaf,
                size,
                @event = text,
                proof = path.Select(hash => hash.ToString()),
            },
            cancellation
        );
        return null;
    }

    private static bool IsReception(string leaf, string partner) =>
        LedgerEvent.Parse(Encoding.UTF8.GetBytes(leaf)) is { Ok: true, Value: var e }
        && e.Action == LedgerAction.Receive
        && e.Actor == partner
        && e.Link == partner
        && e.Object.StartsWith("message:", StringComparison.Ordinal);

    private static bool TryNumber(string? text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
