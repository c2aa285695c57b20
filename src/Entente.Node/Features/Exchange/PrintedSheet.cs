using Entente.Node.Features.Delivery;
using Entente.Node.Guard;

namespace Entente.Node.Features.Exchange;

/// <summary>One message for paper.</summary>
/// <param name="Print">Where it is no, nothing of the message is shown.</param>
internal sealed record PrintedSheet(OpenedMessage Message, Decision Print)
{
    public static Departing Of(StoredMessage stored) =>
        new(DisclosureAct.Print, $"message:{stored.Id}", "print")
        {
            Kind = stored.Kind,
            Partner = stored.Partner,
            Messages = [stored.Id],
        };
}
