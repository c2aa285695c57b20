using System.Globalization;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>
/// One Prosody of two that federate. Its domain is a loopback address: no name service, and the usual port. Between the two
/// TLS 1.3; what the servers keep, they do not flush to the disk.
/// </summary>
internal static class ProsodyServer
{
    public const string Officer = "officer";
    public const string Password = "peer";

    /// <param name="folder">With key.pem and cert.pem.</param>
    /// <param name="archive">Whether each message is kept in both officers' archives (XEP-0313).</param>
    public static async Task<PeerServer> StartAsync(
        string program,
        string folder,
        string domain,
        int port,
        bool archive,
        CancellationToken cancellation
    )
    {
        var data = Path.Combine(folder, archive ? $"{domain}-archive" : domain);
        // The host's folder as Prosody spells it.
        var host = domain.Replace(".", "%2e", StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(data, host, "accounts"));
        await File.WriteAllTextAsync(
            Path.Combine(data, host, "accounts", $"{Officer}.dat"),
            $$"""return { ["password"] = "{{Password}}" };""",
            cancellation
        );
        var settings = Path.Combine(data, "prosody.cfg.lua");
        await File.WriteAllTextAsync(settings, Settings(folder, data, domain, port, archive), cancellation);
        return PeerServer.Start(program, "--config", settings, "-F");
    }

    private static string Settings(string folder, string data, string domain, int port, bool archive) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            run_as_root = true
            pidfile = "{{data}}/pid"
            data_path = "{{data}}"
            interfaces = { "{{domain}}" }
            c2s_ports = { {{port}} }
            http_ports = {}
            https_ports = {}
            modules_enabled = { "saslauth", "tls", "dialback", "disco", "roster", "presence", "message", "iq", "c2s", "s2s"{{(
                archive ? ", \"mam\"" : ""
            )}} }
            default_archive_policy = true
            archive_expires_after = "never"
            authentication = "internal_plain"
            storage = "internal"
            c2s_require_encryption = false
            allow_unencrypted_plain_auth = true
            s2s_secure_auth = false
            s2s_require_encryption = true
            log = { warn = "{{data}}/log" }
            VirtualHost "{{domain}}"
              ssl = { key = "{{folder}}/key.pem", certificate = "{{folder}}/cert.pem" }

            """
        );
}
