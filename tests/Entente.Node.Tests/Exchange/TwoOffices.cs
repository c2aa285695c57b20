using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Exchange;

/// <summary>Rabat and Madrid, linked, and an officer of each at its pages.</summary>
internal sealed class TwoOffices : IAsyncDisposable
{
    public required TestNode Rabat { get; init; }

    public required TestNode Madrid { get; init; }

    public required BrowserlessClient Asking { get; init; }

    public required BrowserlessClient Answering { get; init; }

    /// <param name="more">Roles of the officer in Rabat besides an officer's.</param>
    public static async Task<TwoOffices> OpenAsync(params Role[] more)
    {
        var rabat = await TestNode.StartAsync("ma.interieur");
        var madrid = await TestNode.StartAsync("es.interior");
        await Offices.LinkAsync(rabat, madrid);
        return new TwoOffices
        {
            Rabat = rabat,
            Madrid = madrid,
            Asking = await Offices.SignedInAsync(rabat, more),
            Answering = await Offices.SignedInAsync(madrid),
        };
    }

    public void Deconstruct(out BrowserlessClient asking, out BrowserlessClient answering) =>
        (asking, answering) = (Asking, Answering);

    public async ValueTask DisposeAsync()
    {
        Asking.Dispose();
        Answering.Dispose();
        await Madrid.DisposeAsync();
        await Rabat.DisposeAsync();
    }
}
