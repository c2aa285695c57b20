using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Rights;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Rights;

/// <summary>Words of texts, kept a little behind the exchange, are never kept longer than the texts.</summary>
public sealed class TextIndexTests
{
    private const string Name = "Karim INVENTÉ";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Words_of_a_text_are_kept(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var (index, work) = await ReadAsync(pair.Rabat, await SendAsync(pair));

        await pair.Rabat.Database.WriteAsync(work, Cancellation);

        (await index.FindAsync(Name, 10, Cancellation)).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Words_of_a_text_erased_since_it_was_read_are_not(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var message = await SendAsync(pair);
        var (index, work) = await ReadAsync(pair.Rabat, message);
        await pair.Rabat.Database.WriteAsync(
            t =>
                pair.Rabat.Services.GetRequiredService<MessageErasure>()
                    .EraseAsync(t, [message.Id.ToString()], "recall", Officer.NodeActor, Cancellation),
            Cancellation
        );

        await pair.Rabat.Database.WriteAsync(work, Cancellation);

        (await index.FindAsync(Name, 10, Cancellation)).ShouldBeEmpty();
    }

    private static async Task<Message> SendAsync(TestPair pair)
    {
        var message = TestMessages.Request() with
        {
            Kind = Kinds.Information,
            Body = new InformationBody { Domain = "terrorism", Text = $"Vu à la gare avec {Name}." }.ToBody(),
        };
        await pair.Rabat.SendAsync(message);
        await pair.Rabat.WaitAsync(message, MessageState.Delivered);
        return message;
    }

    /// <summary>As the reader of the messages does: opened first, written later.</summary>
    private static async Task<(TextIndex Index, Func<Transaction, Task> Work)> ReadAsync(TestNode node, Message message)
    {
        var index = node.Services.GetRequiredService<TextIndex>();
        var id = message.Id.ToString();
        var opened = (await node.Messages.OpenAsync(id, Cancellation))!; // It was sent.
        var messages = new Dictionary<string, FollowedMessage>(StringComparer.Ordinal)
        {
            [id] = new(opened.Stored, opened),
        };
        return (index, await index.PrepareAsync([], messages, Cancellation));
    }
}
