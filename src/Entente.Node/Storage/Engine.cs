namespace Entente.Node.Storage;

/// <summary>The two databases a node can stand on.</summary>
internal enum Engine
{
    /// <summary>Embedded, one file, the default.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or later, for nodes that outgrow one machine.</summary>
    Postgres,
}
