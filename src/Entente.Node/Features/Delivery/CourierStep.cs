namespace Entente.Node.Features.Delivery;

/// <summary>What one step of a courier came to.</summary>
internal sealed class CourierStep
{
    private CourierStep(string? failure, TimeSpan? after) => (Failure, After) = (failure, after);

    /// <summary>Something was delivered; there may be more.</summary>
    public static CourierStep Progress { get; } = new(null, null);

    /// <summary>Nothing waits.</summary>
    public static CourierStep Idle { get; } = new(null, null);

    /// <summary>Null unless it failed.</summary>
    public string? Failure { get; }

    /// <summary>What the partner asks us to wait.</summary>
    public TimeSpan? After { get; }

    public static CourierStep Failed(string failure, TimeSpan? after = null) => new(failure, after);
}
