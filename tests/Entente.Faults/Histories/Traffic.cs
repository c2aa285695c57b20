using System.Data.Common;
using System.Text.Json;
using Entente.Faults.Checking;
using Entente.Protocol;

namespace Entente.Faults.Histories;

/// <summary>
/// Officers of one node who write to one partner: single messages and bursts, three degrees of urgency, a few cases that
/// go on, and now and then a message that the partner must reject.
/// </summary>
/// <param name="pause">How many times longer than usual one officer thinks before writing again.</param>
internal sealed class Traffic(ProcessNode from, string to, Chance chance, Journal journal, Tally tally, int pause = 1)
{
    // A backlog that grows for as long as a machine is slow would measure the machine.
    private const int Enough = 400;

    private static readonly JsonElement Nothing = JsonElement.Parse("{}");
    private readonly Guid[] _cases = [.. Enumerable.Range(0, 5).Select(_ => TestMessages.Request().Case)];

    public async Task RunAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            if (await from.CountWaitingAsync() < Enough)
            {
                await SendAsync();
            }

            await Task.Delay(pause * chance.Next(20, 150), until)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One officer's act: what it sends is acknowledged as a whole, or fails as a whole.</summary>
    public async Task SendAsync()
    {
        var priority = chance.Next(0, 3);
        var many = chance.Next(0, 10) == 0 ? chance.Next(50, 300) : chance.Next(1, 12);
        var messages = Enumerable.Range(0, many).Select(_ => Write()).ToList();
        var acknowledged = await TrySendAsync([.. messages.Select(m => m.Message)], priority);
        tally.Count(acknowledged ? "messages" : "messages not acknowledged", many);
        journal.Add(
            messages.Select(m => new Promise(
                m.Message.Id.ToString(),
                from.Id,
                to,
                m.Message.Case.ToString(),
                priority,
                acknowledged,
                m.Refused
            ))
        );
    }

    private async Task<bool> TrySendAsync(IReadOnlyList<Message> messages, int priority)
    {
        try
        {
            await from.SendAllAsync(messages, priority);
            return true;
        }
        catch (DbException)
        {
            return false; // The officer is told that it could not be sent.
        }
    }

    private (Message Message, bool Refused) Write()
    {
        var text = new string('x', chance.Next(0, 8) == 0 ? chance.Next(1, 20_000) : chance.Next(1, 600));
        var message = TestMessages.Request(from.Id, to, text) with { Case = _cases[chance.Next(0, _cases.Length)] };
        return chance.Next(0, 40) != 0
            ? (message, false)
            : (message with { Kind = Kinds.Information, Body = Nothing }, true); // An information without a domain.
    }
}
