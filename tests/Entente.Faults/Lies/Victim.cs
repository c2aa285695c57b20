using Entente.Faults.Checking;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Faults.Lies;

/// <summary>
/// One honest node, a real process, linked with partners who each tell it something else. All tests of lies share it, and
/// run beside each other.
/// </summary>
public sealed class Victim : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly Dictionary<string, Liar> _liars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Message> _first = new(StringComparer.Ordinal);
    private ProcessNode? _node;

    internal ProcessNode Node => _node!; // Made before the first test.

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _node = await ProcessNode.CreateAsync("es.interior");
        foreach (var name in Stories.Names)
        {
            var liar = _liars[name] = await Lies.Liar.LinkedAsync($"zz.{name}", Node);
            Stories.Teach(name, liar);
            // Written before the node starts: all are lied to at once.
            _first[name] = await SendAsync(liar);
        }

        Node.Start();
        await TestNode.WaitUntilAsync(Node.IsReadyAsync, Patience);
    }

    internal Liar Liar(string name) => _liars[name];

    /// <summary>The message that this liar was sent first.</summary>
    internal Message First(string name) => _first[name];

    /// <summary>An officer of the honest node writes to the liar.</summary>
    internal async Task<Message> SendAsync(Liar to)
    {
        var message = TestMessages.Request("es.interior", to.Id);
        await Node.SendAllAsync([message]);
        return message;
    }

    internal async Task<StoredMessage> WaitAsync(Message message, MessageState state)
    {
        StoredMessage? found = null;
        var messages = Node.Services.GetRequiredService<MessageStore>();
        await TestNode.WaitUntilAsync(
            async () => (found = await messages.FindAsync(message.Id.ToString(), Cancellation))?.State == state,
            Patience
        );
        return found!; // Waited for.
    }

    internal Task AlarmedAsync(Liar liar, AlarmKind kind) =>
        TestNode.WaitUntilAsync(
            async () =>
                (await Node.Services.GetRequiredService<Alarms>().ListAsync(Cancellation)).Any(alarm =>
                    alarm.Kind == kind.Code && alarm.Link == liar.Id
                ),
            Patience
        );

    internal Task StandsAsync(Liar liar, LinkState state) =>
        TestNode.WaitUntilAsync(
            async () =>
                (await Node.Services.GetRequiredService<LinkDirectory>().FindAsync(liar.Id, Cancellation))?.State
                == state,
            Patience
        );

    internal Task<int> CountFromAsync(Liar liar)
    {
        const string sql = "SELECT COUNT(*) FROM message WHERE direction = 'in' AND partner = @Id";
        return Node.Database.ReadAsync(c => c.OneAsync<int>(sql, new { liar.Id }, Cancellation), Cancellation);
    }

    /// <summary>Why, in the leaf about this object.</summary>
    internal Task<string?> LedgerSaysAsync(Liar liar, string about)
    {
        const string sql = "SELECT why FROM ledger_leaf WHERE object = @About AND link = @Id";
        return Node.Database.ReadAsync(
            c => c.OneAsync<string>(sql, new { liar.Id, About = about }, Cancellation),
            Cancellation
        );
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever was said to it, its own books are in order.
        await Node.StopAsync();
        var tables = await NodeTables.ReadAsync(Node.Id, Node.Home.Folder, postgres: null, CancellationToken.None);
        var complaints = Checker.Check([tables], []);
        foreach (var liar in _liars.Values)
        {
            await liar.DisposeAsync();
        }

        await Node.DisposeAsync();
        complaints.ShouldBeEmpty();
    }
}
