namespace Entente.Node.Features.Accounts;

/// <summary>Where a sign-in stands after what was just entered.</summary>
internal abstract record SignInStep
{
    /// <summary>The password was right; the one-time code comes next.</summary>
    internal sealed record Code(Account Account) : SignInStep;

    /// <summary>The password was right; an authenticator must be enrolled first.</summary>
    internal sealed record Enrol(Account Account) : SignInStep;

    /// <summary>Both factors were right; a password of one's own must be chosen.</summary>
    internal sealed record Choose(Account Account) : SignInStep;

    /// <summary>Signed in: the token is for the cookie.</summary>
    internal sealed record Done(Account Account, string Token) : SignInStep;

    /// <summary>Wrong, unknown, closed or locked: the person is told one and the same thing.</summary>
    internal sealed record Refused : SignInStep;

    /// <summary>Too many attempts from one address.</summary>
    internal sealed record TooMany : SignInStep;
}

/// <summary>From where a browser signs in.</summary>
internal sealed record Visitor(string Address, string Agent)
{
    public static Visitor From(HttpContext context) =>
        new(context.Connection.RemoteIpAddress?.ToString() ?? "", context.Request.Headers.UserAgent.ToString());
}
