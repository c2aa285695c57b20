namespace Entente.Node.Features.Exchange;

/// <summary>Other ways by which one request reaches one state: told along, so that it is not answered twice.</summary>
internal static class RequestChannels
{
    public static readonly IReadOnlyList<string> All = ["siena", "i-24-7", "sirene", "centre", "liaison", "mla"];
}
