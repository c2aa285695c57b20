namespace Entente.Node.Hosting;

/// <summary>A node's services without its doors, for the commands that work on a node's folder.</summary>
internal static class NodeServices
{
    public static ServiceProvider Build(NodeHome home, NodeOptions options, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(home);
        services.AddSingleton(options);
        services.AddSingleton(clock ?? TimeProvider.System);
        NodeHost.AddNode(services, home, options);
        return services.BuildServiceProvider();
    }
}
