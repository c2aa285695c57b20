namespace Entente.Node.Features.Commitments;

/// <summary>How often something promised is due again.</summary>
internal static class Rhythms
{
    public static readonly IReadOnlyList<string> All = ["monthly", "quarterly", "half-yearly", "yearly"];
}
