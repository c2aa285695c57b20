namespace Entente.Node.Features.Accounts;

/// <summary>Length is what makes a password strong; rules about kinds of characters only make it hard to remember.</summary>
internal static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;
    private const int FewestDifferent = 6;

    public static AccountError? Check(string password, string login)
    {
        var weak =
            password.Length is < Shortest or > Longest
            || password.Distinct().Count() < FewestDifferent
            || password.Contains(login, StringComparison.OrdinalIgnoreCase);
        return weak ? new AccountError.PasswordWeak() : null;
    }
}
