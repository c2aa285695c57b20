using System.Text.Json;

namespace Entente.Node.Features.Backup;

/// <summary>What a backup says of itself, inside the seal.</summary>
internal sealed record Manifest
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required string Node { get; init; }

    public required string Engine { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Numbers of the migrations the schema had.</summary>
    public required IReadOnlyList<long> Migrations { get; init; }

    /// <summary>The year of the oldest message; 0 where there is none.</summary>
    public int FirstYear { get; init; }

    /// <summary>The ledger as it stands in the backup.</summary>
    public required long LedgerSize { get; init; }

    public required string LedgerRoot { get; init; }
}

/// <summary>One file or table. Columns are there for a table of PostgreSQL, in the order in which they were copied.</summary>
internal sealed record Part(string Name, IReadOnlyList<string>? Columns = null)
{
    public const string Sqlite = "database";
    public const string TablePrefix = "table:";
    public const string FilePrefix = "file:";
}

/// <summary>The last record: how much there is, and how much of it is in this file.</summary>
internal sealed record Totals(long Parts, long Pieces, long NewPieces, long Bytes, long NewBytes);

/// <summary>What a record of the archive holds.</summary>
internal enum RecordKind : byte
{
    Manifest = 1,
    Part = 2,

    /// <summary>A piece of the part, in full.</summary>
    Piece = 3,

    /// <summary>The SHA-256 of a piece that this file or one before it in the chain holds.</summary>
    Known = 4,

    /// <summary>SHA-256 over the hashes of the part's pieces, in order.</summary>
    PartEnd = 5,
    Totals = 6,
}
