using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>Somebody with an account on a node; signs in through the forms when they first look at something.</summary>
internal sealed class Reader(House house, string login) : IDisposable
{
    private readonly SemaphoreSlim _signing = new(1, 1);
    private BrowserlessClient? _client;

    public required OpenedAccount Account { get; set; }

    public House House => house;

    public string Login => login;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As the account stands now.</summary>
    public async Task<Officer> NowAsync() => (await house.Get<ActiveOfficers>().FindAsync(login, Cancellation))!; // Nobody leaves in a history.

    public async Task<(int Status, byte[] Body)> LookAsync(string path)
    {
        var client = await ClientAsync();
        using var response = await client.Http.GetAsync(path, Cancellation);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    private async Task<BrowserlessClient> ClientAsync()
    {
        await _signing.WaitAsync(Cancellation);
        try
        {
            if (_client is null)
            {
                var client = new BrowserlessClient(new Uri(house.Node.Options.Pages));
                await client.SignInAsync(login, Account.Password, Account.TotpSecret!, Cancellation); // Enrolled when opened.
                _client = client;
            }

            return _client;
        }
        finally
        {
            _signing.Release();
        }
    }

    public void Dispose()
    {
        _client?.Dispose();
        _signing.Dispose();
    }
}
