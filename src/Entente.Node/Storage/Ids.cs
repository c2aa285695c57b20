namespace Entente.Node.Storage;

/// <summary>Makes the node's ids: UUIDv7 from the injected clock, so that they sort by time.</summary>
internal sealed class Ids(TimeProvider clock)
{
#pragma warning disable RS0030 // The one place that makes ids.
    public string New() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <summary>One that tells another time than now.</summary>
    public string At(DateTimeOffset time) => Guid.CreateVersion7(time).ToString();
#pragma warning restore RS0030
}
