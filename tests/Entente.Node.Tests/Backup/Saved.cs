using Entente.Node.Features.Backup;
using Entente.Node.Hosting;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;

namespace Entente.Node.Tests.Backup;

/// <summary>A folder beside the node, with its recovery key and the backups made of it.</summary>
internal sealed class Saved : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("entente-saved-").FullName;

    public string KeyFile => Path.Combine(_folder, "recovery.key");

    public string Restored => Path.Combine(_folder, "restored");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string PathOf(string name) => Path.Combine(_folder, name);

    public async Task<string> MakeKeyAsync(IServiceProvider node, string name = "recovery.key")
    {
        var key = RecoveryKey.Create(PathOf(name), "ma.interieur", TimeProvider.System.GetUtcNow());
        await node.GetRequiredService<RecoverySetting>().SaveAsync(key, Cancellation);
        return PathOf(name);
    }

    public Task<BackupDone> BackUpAsync(IServiceProvider node, string name, bool full = false) =>
        node.GetRequiredService<BackupRun>().MakeAsync(PathOf(name), full, _ => Advance.None, Cancellation);

    public Task<RestoreDone> RestoreAsync(params string[] names) => RestoreAsync(Order(names));

    public RestoreOrder Order(params string[] names) => new([.. names.Select(PathOf)], Restored, KeyFile);

    public static Task<RestoreDone> RestoreAsync(RestoreOrder order) =>
        new RestoreRun(TimeProvider.System).RunAsync(order, _ => Advance.None, Cancellation);

    public async Task<BackupProblem> RefusedAsync(RestoreOrder order) =>
        (await Should.ThrowAsync<BackupRefused>(() => RestoreAsync(order))).Problem;

    public Task<BackupProblem> RefusedAsync(params string[] names) => RefusedAsync(Order(names));

    /// <summary>The restored node's services, without doors.</summary>
    public ServiceProvider Open() => NodeServices.Build(new NodeHome(Restored), new NodeHome(Restored).Load());

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
