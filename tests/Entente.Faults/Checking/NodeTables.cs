using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Entente.Faults.Checking;

/// <summary>
/// Everything in one node's database that concerns the exchange, read with plain ADO. The checker knows the tables from
/// the migrations and shares no line of code with the node: a mistake would have to be made twice.
/// </summary>
internal sealed class NodeTables
{
    public required string Node { get; init; }
    public required byte[] MasterKey { get; init; }
    public required IReadOnlyList<LeafRow> Leaves { get; init; }
    public required IReadOnlyList<NodeHashRow> NodeHashes { get; init; }
    public required IReadOnlyList<CardRow> Cards { get; init; }
    public required IReadOnlyList<LinkRow> Links { get; init; }
    public required IReadOnlyList<ChainRow> Chains { get; init; }
    public required IReadOnlyList<EnvelopeRow> Envelopes { get; init; }
    public required IReadOnlyList<EntryRow> Entries { get; init; }
    public required IReadOnlyList<MessageRow> Messages { get; init; }
    public required IReadOnlyList<HeadRow> Heads { get; init; }
    public required IReadOnlyList<AlarmRow> Alarms { get; init; }

    /// <param name="folder">The node's folder, for its master key and, without a connection string, its database.</param>
    public static async Task<NodeTables> ReadAsync(
        string node,
        string folder,
        string? postgres,
        CancellationToken cancellation
    )
    {
        var file = Path.Combine(folder, "data", "entente.db");
        await using DbConnection connection = postgres is null
            ? new SqliteConnection($"Data Source={file};Mode=ReadWrite;Pooling=False")
            : new NpgsqlConnection(postgres);
        await connection.OpenAsync(cancellation);
        var read = new RowReader(connection, cancellation);
        return new NodeTables
        {
            Node = node,
            MasterKey = await File.ReadAllBytesAsync(Path.Combine(folder, "keys", "master.key"), cancellation),
            Leaves = await read.LeavesAsync(),
            NodeHashes = await read.NodeHashesAsync(),
            Cards = await read.CardsAsync(),
            Links = await read.LinksAsync(),
            Chains = await read.ChainsAsync(),
            Envelopes = await read.EnvelopesAsync(),
            Entries = await read.EntriesAsync(),
            Messages = await read.MessagesAsync(),
            Heads = await read.HeadsAsync(),
            Alarms = await read.AlarmsAsync(),
        };
    }
}
