using Entente.Node.Features.Readings;

namespace Entente.Node.Commands.Demo;

/// <summary>Reads the communiqués of `samples/` into Morocco's record, as its cooperation desk would accept them.</summary>
internal static class DemoReadings
{
    private const string Desk = "desk";

    /// <param name="tell">Told of each sample that was not accepted, and why.</param>
    /// <returns>How many texts were read and accepted.</returns>
    public static async Task<int> ReadAsync(
        IServiceProvider node,
        IReadOnlyList<string> files,
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        var accepted = 0;
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var refusal = await ReadAsync(node, name, await File.ReadAllBytesAsync(file, cancellation), cancellation);
            accepted += refusal is null ? 1 : 0;
            if (refusal is not null)
            {
                tell($"{name} was not accepted: {refusal.Code}");
            }
        }

        return accepted;
    }

    private static async Task<ReadingRefusal?> ReadAsync(
        IServiceProvider node,
        string name,
        byte[] text,
        CancellationToken cancellation
    )
    {
        var received = await node.GetRequiredService<ReadingDesk>().ReceiveAsync(name, text, Desk, cancellation);
        if (received.Reading is not { } reading)
        {
            return received.Refusal;
        }

        var acceptance = node.GetRequiredService<ReadingAcceptance>();
        return (
            await acceptance.AcceptAsync(new DraftSeen(reading, null, Desk), MeetingChoice.Likeliest, cancellation)
        ).Refusal;
    }
}
