using Entente.Node.Features.Backup;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Storage;

public sealed class SqliteConnectionsTests : IDisposable
{
    private const int Rounds = 100;
    private readonly string _folder = Directory.CreateTempSubdirectory("entente-connections-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connection_given_back_while_its_database_closes_leaves_the_file_free()
    {
        var file = Path.Combine(_folder, "store.db");
        for (var round = 0; round < Rounds; round++)
        {
            var connections = new SqliteConnections($"Data Source={file}", (_, _) => Task.CompletedTask);
            var lent = await connections.OpenAsync(Cancellation);
            using var both = new Barrier(2);
            var givingBack = Task.Run(
                () =>
                {
                    both.SignalAndWait(Cancellation);
                    lent.Close();
                },
                Cancellation
            );
            both.SignalAndWait(Cancellation);
            connections.Dispose();
            await givingBack;

            // Refuses a file that anybody has open.
            await SqliteHold.RefuseInUseAsync(file, Cancellation);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
