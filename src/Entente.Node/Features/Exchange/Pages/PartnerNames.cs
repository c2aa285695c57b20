using Entente.Node.Features.Links;
using Entente.Node.Web;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>What to call a partner's authority in the reader's language.</summary>
internal static class PartnerNames
{
    public static string Of(Link link) =>
        link.Names.TryGetValue(Labels.Language, out var name)
            ? name
            : link.Names.Values.FirstOrDefault() ?? link.Partner;
}
