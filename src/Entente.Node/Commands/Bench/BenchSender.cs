using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Commands.Bench;

/// <summary>
/// The sending node of a measurement: a whole node that serves, with as many officers at work as are asked for. Each sends
/// one message in a transaction of its own and sends the next when the receipt is there.
/// </summary>
internal sealed class BenchSender(BenchLoad load) : IDeliveryWatcher
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    private int _envelopes;

    public static async Task<int> RunAsync(NodeHome home, BenchLoad load, CancellationToken cancellation)
    {
        var sender = new BenchSender(load);
        await using var app = NodeHost.Build(home, more: services => services.AddSingleton<IDeliveryWatcher>(sender));
        await app.StartAsync(cancellation);
        await sender.SendAsync(app.Services, cancellation);
        await app.StopAsync(cancellation);
        return 0;
    }

    public Task DeliveredAsync(
        Transaction transaction,
        IReadOnlyList<DeliveredMessage> messages,
        CancellationToken cancellation
    )
    {
        transaction.AfterCommit(() =>
        {
            Interlocked.Increment(ref _envelopes);
            foreach (var message in messages)
            {
                Receipted(message);
            }
        });
        return Task.CompletedTask;
    }

    private void Receipted(DeliveredMessage message)
    {
        if (!_waiting.TryRemove(message.Id, out var waiting))
        {
            return;
        }

        if (message.RejectedReason is { } reason)
        {
            waiting.SetException(new InvalidOperationException($"The partner refused: {reason}"));
        }
        else
        {
            waiting.SetResult();
        }
    }

    private async Task SendAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var partner = (await services.GetRequiredService<LinkDirectory>().ListAsync(cancellation)).Single().Partner;
        var messages = new BenchMessages(
            services.GetRequiredService<NodeOptions>().Node,
            partner,
            load.Size,
            services.GetRequiredService<Ids>(),
            TimeProvider.System
        );
        var officer = new Officer(this, services.GetRequiredService<Database>(), services.GetRequiredService<Outbox>());
        await PhaseAsync("warm-up", officer, messages, Closed(load.Concurrency, load.Concurrency * 2), cancellation);
        await PhaseAsync("alone", officer, messages, Closed(1, load.Alone), cancellation);
        await PhaseAsync("paced", officer, messages, Paced(load.PacedRate, load.Paced), cancellation);
        await PhaseAsync("saturated", officer, messages, Closed(load.Concurrency, load.Messages), cancellation);
    }

    private async Task PhaseAsync(
        string name,
        Officer officer,
        BenchMessages messages,
        Func<Func<int, Task>, CancellationToken, Task> drive,
        CancellationToken cancellation
    )
    {
        using var self = Process.GetCurrentProcess();
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { begin = name }, Json));
        await Console.In.ReadLineAsync(cancellation); // The other side notes its figures, then says go.
        var times = new ConcurrentBag<double>();
        var cpu = self.TotalProcessorTime;
        var paused = GC.GetTotalPauseDuration();
        var envelopes = _envelopes;
        var began = Stopwatch.GetTimestamp();
        await drive(
            async number =>
            {
                var start = Stopwatch.GetTimestamp();
                await officer.SendAsync(messages.Next(number), cancellation);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            },
            cancellation
        );
        var elapsed = Stopwatch.GetElapsedTime(began);
        self.Refresh();
        var phase = new BenchPhase
        {
            Name = name,
            Messages = times.Count,
            Seconds = elapsed.TotalSeconds,
            Milliseconds = Percentiles.Of(times),
            Envelopes = _envelopes - envelopes,
            SenderPauseSeconds = (GC.GetTotalPauseDuration() - paused).TotalSeconds,
            SenderCpuSeconds = (self.TotalProcessorTime - cpu).TotalSeconds,
        };
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(new { end = phase }, Json));
        await Console.In.ReadLineAsync(cancellation);
    }

    /// <summary>So many at work at once, each waiting for its receipt.</summary>
    private static Func<Func<int, Task>, CancellationToken, Task> Closed(int concurrency, int messages) =>
        async (send, _) =>
        {
            var next = -1;
            await Task.WhenAll(
                Enumerable
                    .Range(0, Math.Min(concurrency, messages))
                    .Select(_ =>
                        Task.Run(async () =>
                        {
                            while (Interlocked.Increment(ref next) is var number && number < messages)
                            {
                                await send(number);
                            }
                        })
                    )
            );
        };

    /// <summary>So many a second, whether or not the ones before are there.</summary>
    private static Func<Func<int, Task>, CancellationToken, Task> Paced(int rate, int messages) =>
        async (send, cancellation) =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
            var sending = new List<Task>(messages);
            while (sending.Count < messages && await timer.WaitForNextTickAsync(cancellation))
            {
                sending.Add(send(sending.Count));
            }

            await Task.WhenAll(sending);
        };

    private sealed class Officer(BenchSender sender, Database database, Outbox outbox)
    {
        /// <summary>Whoever waits for a receipt no longer holds the message.</summary>
        public Task SendAsync(Entente.Protocol.Message message, CancellationToken cancellation)
        {
            var receipted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            sender._waiting[message.Id.ToString()] = receipted;
            return WaitAsync(EnqueueAsync(message, cancellation), receipted.Task, cancellation);
        }

        private Task EnqueueAsync(Entente.Protocol.Message message, CancellationToken cancellation) =>
            database.GatherAsync(t => outbox.EnqueueAsync(t, message, 1, "liaison", cancellation), cancellation);

        private static async Task WaitAsync(Task enqueued, Task receipted, CancellationToken cancellation)
        {
            await enqueued;
            await receipted.WaitAsync(TimeSpan.FromMinutes(2), cancellation);
        }
    }
}
