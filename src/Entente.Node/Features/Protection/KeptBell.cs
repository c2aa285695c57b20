using Entente.Node.Features.Delivery;

namespace Entente.Node.Features.Protection;

/// <summary>Rung when something was kept, so that it is shown as delivered when it would be, not at the next look around.</summary>
internal sealed class KeptBell
{
    private readonly CourierSignal _signal = new();

    public void Ring() => _signal.Wake(urgent: false);

    /// <summary>Until it is rung, or at most so long.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellation) => _signal.WorkAsync(most, cancellation);
}
