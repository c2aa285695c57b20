namespace Entente.Node.Features.Accounts;

/// <summary>What a form may send, whatever it does send.</summary>
internal static class AccountForm
{
    private const int HighestRank = 4;

    public static IReadOnlyList<Role> Roles(string[]? names) =>
        [.. Enum.GetValues<Role>().Where(role => names?.Contains(role.ToString()) == true)];

    public static int Clearance(int? rank) => Math.Clamp(rank ?? 0, 0, HighestRank);
}
