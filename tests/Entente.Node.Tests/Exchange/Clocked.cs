using Entente.Node.Features.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Exchange;

/// <summary>Two linked bureaus and the time of both, which a test turns.</summary>
internal sealed class Clocked(Bureau rabat, Bureau madrid, TestClock time, TestClock theirs) : IAsyncDisposable
{
    public Bureau Rabat => rabat;

    public Bureau Madrid => madrid;

    public Both Time { get; } = new(time, theirs);

    /// <param name="skewed">Madrid's clock is three minutes behind.</param>
    public static async Task<Clocked> OpenAsync(string engine, bool skewed = false)
    {
        var time = new TestClock();
        var theirs = new TestClock();
        theirs.Advance(TimeSpan.FromMinutes(skewed ? -3 : 0));
        var rabat = await Bureau.OpenAsync("ma.interieur", engine, time);
        var madrid = await Bureau.OpenAsync("es.interior", engine, theirs);
        await rabat.LinkAsync(madrid);
        return new Clocked(rabat, madrid, time, theirs);
    }

    /// <summary>Rabat asked, Madrid has it, and the receipt is back: eight hours to answer.</summary>
    public async Task<SendResult.Sent> AskedAsync(RequestDraft? draft = null)
    {
        var sent = await ExchangeTests.SendAsync(rabat, draft ?? Drafts.Request());
        await rabat.HandOverAsync(madrid);
        return sent;
    }

    /// <summary>Hands over until nobody has anything left.</summary>
    public async Task SettleAsync()
    {
        while (await rabat.HandOverAsync(madrid, madrid.Now) + await madrid.HandOverAsync(rabat, rabat.Now) > 0) { }
    }

    public void Deconstruct(out Bureau first, out Bureau second, out Both both) =>
        (first, second, both) = (rabat, madrid, Time);

    public async ValueTask DisposeAsync()
    {
        await rabat.DisposeAsync();
        await madrid.DisposeAsync();
    }

    /// <summary>Both clocks, turned together; Rabat's is read.</summary>
    internal sealed class Both(TestClock ours, TestClock theirs)
    {
        public DateTimeOffset GetUtcNow() => ours.GetUtcNow();

        public void Advance(TimeSpan by)
        {
            ours.Advance(by);
            theirs.Advance(by);
        }
    }
}
