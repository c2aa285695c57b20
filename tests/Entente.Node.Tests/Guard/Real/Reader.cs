using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>Somebody with an account on a node; signs in through the forms when they first look at something.</summary>
internal sealed class Reader(House house, string login) : IDisposable
{
    private BrowserlessClient? _client;

    public required OpenedAccount Account { get; set; }

    public House House => house;

    public string Login => login;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As the account stands now.</summary>
    public async Task<Officer> NowAsync() => (await house.Get<ActiveOfficers>().FindAsync(login, Cancellation))!; // Nobody leaves in a history.

    public async Task<(int Status, byte[] Body)> LookAsync(string path)
    {
        if (_client is null)
        {
            _client = new BrowserlessClient(new Uri(house.Node.Options.Pages));
            await _client.SignInAsync(login, Account.Password, Account.TotpSecret!, Cancellation); // Enrolled when opened.
        }

        using var response = await _client.Http.GetAsync(path, Cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    /// <summary>Whoever's account changes signs in anew.</summary>
    public void Leave()
    {
        _client?.Dispose();
        _client = null;
    }

    public void Dispose() => _client?.Dispose();
}
