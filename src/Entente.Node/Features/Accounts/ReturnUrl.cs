namespace Entente.Node.Features.Accounts;

/// <summary>Where to go after signing in: a page of this node, never another site.</summary>
internal static class ReturnUrl
{
    public const string Home = "/";

    public static string Safe(string? wanted) =>
        wanted is ['/', not ('/' or '\\'), ..]
        && !wanted.Any(c => c == '\\' || char.IsControl(c))
        && !wanted.StartsWith("/sign-", StringComparison.Ordinal)
            ? wanted
            : Home;
}
