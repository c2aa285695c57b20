using System.Diagnostics;
using Entente.Node.Commands.Bench;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Bench;

/// <summary>One message with the file, and small ones one after another beside it.</summary>
internal sealed class FileTraffic(IServiceProvider here, string from, string to)
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private readonly BenchMessages _messages = new(from, to, 2048, here.GetRequiredService<Ids>(), TimeProvider.System);
    private int _sent;

    public async Task<Message> SendAsync(Attachment? attachment)
    {
        var message = _messages.Next(_sent++);
        if (attachment is not null)
        {
            message = message with { Attachments = [attachment] };
        }

        var outbox = here.GetRequiredService<Outbox>();
        await here.GetRequiredService<Database>()
            .WriteAsync(t => outbox.EnqueueAsync(t, message, 1, "liaison", Never), Never);
        return message;
    }

    /// <returns>Milliseconds from 'send' to receipt.</returns>
    public async Task<double> LightAsync()
    {
        var began = Stopwatch.GetTimestamp();
        var message = await SendAsync(null);
        while (!await IsDeliveredAsync(message))
        {
            await Task.Delay(2, Never);
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    public async Task<IReadOnlyList<double>> LightUntilDeliveredAsync(Message heavy)
    {
        var waits = new List<double>();
        do
        {
            waits.Add(await LightAsync());
            await Task.Delay(Between, Never);
        } while (!await IsDeliveredAsync(heavy));

        return waits;
    }

    private async Task<bool> IsDeliveredAsync(Message message) =>
        await here.GetRequiredService<MessageStore>().FindAsync(message.Id.ToString(), Never) switch
        {
            { State: MessageState.Rejected, Reason: var reason } => throw new InvalidOperationException(reason),
            var stored => stored?.State == MessageState.Delivered,
        };
}
