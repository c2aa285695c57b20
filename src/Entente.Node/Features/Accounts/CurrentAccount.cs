namespace Entente.Node.Features.Accounts;

/// <summary>The account of who is signed in, read once for the parts of a page.</summary>
internal sealed class CurrentAccount(IHttpContextAccessor http, AccountStore store)
{
    private Task<Account>? _account;

    /// <summary>Only behind a door that asks for sign-in.</summary>
    public Task<Account> ReadAsync() => _account ??= FindAsync();

    private async Task<Account> FindAsync()
    {
        var context = http.HttpContext!; // Scoped to a request.
        return await store.FindByIdAsync(Officer.From(context.User).Id, context.RequestAborted)
            ?? throw new InvalidOperationException("The session has no account.");
    }
}
