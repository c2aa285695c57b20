using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>The wire's reasons between their words and their values.</summary>
internal static class ReasonWords
{
    private static readonly Dictionary<string, Reason> ByCode = Enum.GetValues<Reason>()
        .ToDictionary(reason => reason.Code(), StringComparer.Ordinal);

    /// <summary>A word of our own code or database; one that the wire does not know is told as `policy`.</summary>
    public static Reason Parse(string code) => ByCode.GetValueOrDefault(code, Reason.Policy);
}
