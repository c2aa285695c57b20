using System.Diagnostics;

namespace Entente.Node.Tests.Support;

/// <summary>A line of which there is only so much: so many bytes a second, so many for each connection.</summary>
internal sealed class WireLimits : IDisposable
{
    private readonly SemaphoreSlim _line = new(1, 1);
    private int _drops;
    private long _carried;
    private long _due;

    /// <summary>Each connection breaks after so many bytes from the node to its partner; 0 is never.</summary>
    public long DropsEvery { get; set; }

    /// <summary>All connections together carry no more than this towards the partner; 0 is no limit.</summary>
    public long BytesPerSecond { get; set; }

    /// <summary>How many connections broke that way.</summary>
    public int Drops => _drops;

    /// <summary>Towards the partner.</summary>
    public long Carried => Interlocked.Read(ref _carried);

    public void Dispose() => _line.Dispose();

    /// <param name="sum">What the connection has carried.</param>
    /// <returns>Whether it now breaks.</returns>
    public bool Breaks(int bytes, ref long sum)
    {
        Interlocked.Add(ref _carried, bytes);
        sum += bytes;
        if (DropsEvery == 0 || sum < DropsEvery)
        {
            return false;
        }

        Interlocked.Increment(ref _drops);
        return true;
    }

    /// <summary>One line for all connections, each waiting its turn.</summary>
    public async Task PaceAsync(int bytes, CancellationToken cancellation)
    {
        if (BytesPerSecond == 0)
        {
            return;
        }

        await _line.WaitAsync(cancellation);
        try
        {
            _due = Math.Max(_due, Stopwatch.GetTimestamp()) + (Stopwatch.Frequency * bytes / BytesPerSecond);
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _due);
            if (wait > TimeSpan.FromMilliseconds(2))
            {
                await Task.Delay(wait, cancellation);
            }
        }
        finally
        {
            _line.Release();
        }
    }
}
