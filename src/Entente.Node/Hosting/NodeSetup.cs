using Entente.Node.Storage;

namespace Entente.Node.Hosting;

/// <summary>Makes a node out of an empty folder: settings, keys, database.</summary>
internal static class NodeSetup
{
    /// <exception cref="InvalidOperationException">The folder already holds a node.</exception>
    public static async Task CreateAsync(
        NodeHome home,
        NodeOptions options,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        if (home.Exists)
        {
            throw new NodeUnusable($"{home.Folder} already holds a node.");
        }

        PrivateFile.CreateFolder(home.Folder);
        MasterKey.Create(home.MasterKeyFile).Dispose();
        using (var master = MasterKey.Load(home.MasterKeyFile))
        {
            NodeKeys.Create(home, options, master, clock);
        }

        await using var database = new Database(home.ConnectionString(options));
        await new Migrator(database, clock).ApplyAsync(cancellation);
        // Last: a folder with settings is a node, and one without can be begun again.
        home.Save(options);
    }
}
