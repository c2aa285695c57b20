using System.Globalization;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>
/// One Postfix for both sides, where two states have one each: every mail is queued durably once, not twice, and written to
/// the receiver's mailbox. Tuned: it does not hold senders back (`in_flow_delay`), and delivers as many at once as it can.
/// </summary>
internal sealed class PostfixServer(PeerServer server, string folder, int port) : IAsyncDisposable
{
    public int Port => port;

    public static async Task<PostfixServer> StartAsync(string program, string folder, CancellationToken cancellation)
    {
        var port = PeerServer.FreePort();
        foreach (var name in (string[])["etc", "spool", "data", "mail"])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        await RunAsync("chown", ["postfix", Path.Combine(folder, "data"), Path.Combine(folder, "mail")], cancellation);
        // Its processes are not root's: they go through the folders to their own.
        await RunAsync("chmod", ["711", Path.Combine(folder, ".."), folder], cancellation);
        var owner = (await RunAsync("id", ["-u", "postfix"], cancellation)).Trim();
        var group = (await RunAsync("id", ["-g", "postfix"], cancellation)).Trim();
        await File.WriteAllTextAsync(Path.Combine(folder, "etc/main.cf"), Settings(folder, owner, group), cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "etc/master.cf"), Services(port), cancellation);
        var server = PeerServer.Start(program, "-c", Path.Combine(folder, "etc"), "start-fg");
        return new PostfixServer(server, folder, port);
    }

    /// <summary>Where the mail of `who@bench.invalid` lies.</summary>
    public string Mailbox(string who) => Path.Combine(folder, "mail", who, "new");

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static string Settings(string folder, string owner, string group) =>
        $"""
            compatibility_level = 3.6
            queue_directory = {folder}/spool
            data_directory = {folder}/data
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            mail_owner = postfix
            setgid_group = postdrop
            maillog_file = {folder}/data/log
            maillog_file_prefixes = {folder}
            myhostname = bench.invalid
            mydestination =
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            smtpd_peername_lookup = no
            virtual_mailbox_domains = bench.invalid
            virtual_mailbox_base = {folder}/mail
            virtual_mailbox_maps = inline:{"{"} ma@bench.invalid=ma/, es@bench.invalid=es/ {"}"}
            virtual_minimum_uid = 1
            virtual_uid_maps = static:{owner}
            virtual_gid_maps = static:{group}
            virtual_mailbox_limit = 0
            in_flow_delay = 0
            default_process_limit = 200
            initial_destination_concurrency = 20
            virtual_destination_concurrency_limit = 50
            smtpd_client_connection_count_limit = 0
            alias_maps =
            alias_database =

            """;

    private static string Services(int port) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            127.0.0.1:{port} inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            proxymap unix - - n - - proxymap
            anvil unix - - n - 1 anvil
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            postlog unix-dgram n - n - 1 postlogd

            """
        );

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        var (output, _) = await PeerCommand.RunAsync(program, arguments, null, cancellation);
        return output;
    }
}
