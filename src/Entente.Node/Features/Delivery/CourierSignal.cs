using System.Diagnostics.CodeAnalysis;

namespace Entente.Node.Features.Delivery;

/// <summary>One link's bell. Ringing it while nobody waits is remembered once; one courier waits at a time.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore whose wait handle is never asked for holds nothing to free."
)]
internal sealed class CourierSignal
{
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly SemaphoreSlim _retry = new(0, 1);

    public void Wake(bool urgent)
    {
        Ring(_work);
        if (urgent)
        {
            Ring(_retry);
        }
    }

    public void Heard() => Ring(_retry);

    /// <summary>Until there is work, or at most so long.</summary>
    public Task WorkAsync(TimeSpan most, CancellationToken cancellation) => _work.WaitAsync(most, cancellation);

    /// <summary>Until trying again is worth it, or at most so long.</summary>
    public Task RetryAsync(TimeSpan most, CancellationToken cancellation) => _retry.WaitAsync(most, cancellation);

    /// <summary>Forgets a ring from before the attempt that is about to be made.</summary>
    public void ForgetRetry() => _retry.Wait(0);

    private static void Ring(SemaphoreSlim bell)
    {
        lock (bell)
        {
            if (bell.CurrentCount == 0)
            {
                bell.Release();
            }
        }
    }
}
