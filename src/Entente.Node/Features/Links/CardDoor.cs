using System.Text;
using Entente.Node.Hosting;

namespace Entente.Node.Features.Links;

/// <summary>`GET /links/card`: our card as a file, to be handed to a partner.</summary>
internal static class CardDoor
{
    public static async Task<IResult> DownloadAsync(
        LinkCeremony ceremony,
        NodeOptions options,
        CancellationToken cancellation
    )
    {
        var card = await ceremony.OwnCardAsync(cancellation);
        return TypedResults.File(Encoding.ASCII.GetBytes(card.Jws + "\n"), "application/jose", $"{options.Node}.card");
    }
}
