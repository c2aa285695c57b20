namespace Entente.Node.Hosting;

/// <summary>What a node is, read from `node.json` in its folder. Everything else is in the database.</summary>
internal sealed record NodeOptions
{
    /// <summary>The node id, `ma.interieur`.</summary>
    public required string Node { get; init; }

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public required string Country { get; init; }

    /// <summary>The authority's name by language code.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>Where officers' browsers connect. Default: loopback, behind the site's reverse proxy.</summary>
    public required string Pages { get; init; }

    /// <summary>Where partners' nodes connect: https, TLS 1.3, mutual.</summary>
    public required string Link { get; init; }

    /// <summary>Where this instance takes partners' connections, behind a balancer at <see cref="Link"/>. Default: there.</summary>
    public string? LinkListen { get; init; }

    /// <summary>Connection string; null is the embedded database in the node's folder.</summary>
    public string? Database { get; init; }

    /// <summary>
    /// Where instances listen to each other and `verify` reads, when <see cref="Database"/> goes through a pooler in
    /// transaction mode, which passes no notifications on and keeps no session read-only. Default: <see cref="Database"/>.
    /// </summary>
    public string? DatabaseEvents { get; init; }

    /// <summary>Least level logged (`Debug`, `Information`, `Warning`…). Default Information; ENTENTE_LOG goes before it.</summary>
    public string? Log { get; init; }

    /// <summary>
    /// Bytes of attachments that one partner may leave here before the messages that name them come. Default 20 GiB: four
    /// of the largest.
    /// </summary>
    public long AttachmentQuota { get; init; } = 20L << 30;

    /// <summary>
    /// Folders whose texts become readings as they come: press reviews, a scanner's or a mailbox's folder. Full paths;
    /// files stay where they are. Default: none.
    /// </summary>
    public IReadOnlyList<string> ReadingFolders { get; init; } = [];

    /// <summary>
    /// Reverse proxies before the pages that are not on this machine, by address or network: what they say of a visitor's
    /// address and of TLS is believed. Default: none.
    /// </summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>How long closed entries of the registers of persons' rights and breaches are kept.</summary>
    public Features.Retention.Registers.RegisterPeriods Registers { get; init; } = new();

    /// <summary>Where the meters go: an OTLP endpoint. Default: OTEL_EXPORTER_OTLP_ENDPOINT, or nowhere.</summary>
    public string? Metrics { get; init; }
}
