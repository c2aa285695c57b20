using Entente.Node.Features.Exchange;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Corrections;

/// <summary>An information from Rabat that Madrid passed on to Berlin, with Rabat's leave.</summary>
internal sealed class Chain : IAsyncDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public required Bureau Rabat { get; init; }
    public required Bureau Madrid { get; init; }
    public required Bureau Berlin { get; init; }
    public required TestClock Time { get; init; }

    /// <summary>Rabat's message.</summary>
    public string Given { get; private set; } = "";

    /// <summary>Madrid's, that passes it on.</summary>
    public string Passed { get; private set; } = "";

    public string Case { get; private set; } = "";

    public static async Task<Chain> OpenAsync(string engine)
    {
        var time = new TestClock();
        var chain = new Chain
        {
            Rabat = await Bureau.OpenAsync("ma.interieur", engine, time),
            Madrid = await Bureau.OpenAsync("es.interior", engine, time),
            Berlin = await Bureau.OpenAsync("de.bmi", engine, time),
            Time = time,
        };
        await chain.Rabat.LinkAsync(chain.Madrid);
        await chain.Madrid.LinkAsync(chain.Berlin);
        await chain.GiveAsync();
        return chain;
    }

    /// <summary>Hands over until nobody has anything left.</summary>
    public async Task SettleAsync()
    {
        while (
            await Rabat.HandOverAsync(Madrid)
                + await Madrid.HandOverAsync(Rabat)
                + await Madrid.HandOverAsync(Berlin)
                + await Berlin.HandOverAsync(Madrid)
            > 0
        ) { }
    }

    public void Deconstruct(out Bureau rabat, out Bureau madrid, out Bureau berlin) =>
        (rabat, madrid, berlin) = (Rabat, Madrid, Berlin);

    private async Task GiveAsync()
    {
        var given = await ExchangeTests.SendAsync(
            Rabat,
            Drafts.Request() with
            {
                Kind = Kinds.Information,
                Text = "Texte erroné et inventé",
                Reliability = "B",
                Accuracy = "2",
                Handling = [],
                Attachments = [],
            }
        );
        (Given, Case) = (given.Message, given.Case);
        await SettleAsync();
        var asked = await Madrid
            .Get<PermissionDesk>()
            .AskAsync(Madrid.Officer, Given, "de.bmi", "Dossier commun", Cancellation);
        await SettleAsync();
        var ask = asked.ShouldBeOfType<SendResult.Sent>().Message;
        await Rabat.Get<PermissionDesk>().DecideAsync(Rabat.Officer, ask, true, null, Cancellation);
        await SettleAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        Passed = (
            await ExchangeTests.SendAsync(Madrid, Drafts.Forward(Given, "de.bmi") with { Handling = [] })
        ).Message;
        await SettleAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        await Rabat.DisposeAsync();
        await Madrid.DisposeAsync();
        await Berlin.DisposeAsync();
    }
}
