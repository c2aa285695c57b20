using System.Security.Cryptography;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Backup;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Retention;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Tests.Backup;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Recovery;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Retention;

/// <summary>Erased means unreadable: tried with everything that a thief could have of the node's machine, and with old backups.</summary>
public sealed class UnreadableTests
{
    private static readonly Officer Protection = People.Protection;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Erased_content_is_in_no_row_file_log_chunk_or_search(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var message = await SendAsync(pair);
        var wrapped = await WrappedAsync(pair.Rabat, message);
        var files = await StoredFileAsync(pair.Rabat, message);
        await SweepAsync(pair.Rabat);

        await EndAsync(pair.Rabat, message);

        (await pair.Rabat.Messages.OpenAsync(message.Id.ToString(), Cancellation)).ShouldBeNull();
        (await FindWordAsync(pair.Rabat)).ShouldBe(0);
        Contains(Path.GetDirectoryName(pair.Rabat.Home.DatabaseFile)!, wrapped).ShouldBeFalse(); // Where there is one.
        files.Apart.Id.ShouldNotBeNull();
        (await NamedFilesAsync(pair.Rabat)).ShouldBe(0);
        Should.Throw<CryptographicException>(() => OpenWithoutKey(pair.Rabat, files.Sealed));
        // The other side keeps its own by its own periods.
        (await pair.Madrid.Messages.OpenAsync(message.Id.ToString(), Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Old_backup_with_the_current_keys_yields_nothing_once_the_recovery_key_was_changed()
    {
        await using var pair = await TestPair.LinkedAsync();
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        var message = await SendAsync(pair);
        await SweepAsync(pair.Rabat);
        await saved.BackUpAsync(pair.Rabat.Services, "old");
        await EndAsync(pair.Rabat, message);
        var current = await saved.MakeKeyAsync(pair.Rabat.Services, "current.key");

        (await saved.RefusedAsync(saved.Order("old") with { KeyFile = current })).ShouldBeOfType<WrongRecoveryKey>();
        // The node's own keys, the master key among them, do not open it: they lie inside the seal.
        var bytes = await File.ReadAllBytesAsync(saved.PathOf("old"), Cancellation);
        var master = await File.ReadAllBytesAsync(pair.Rabat.Home.MasterKeyFile, Cancellation);
        var wrapped = await WrappedAsync(saved, message);
        bytes.AsSpan().IndexOf(master).ShouldBe(-1);
        bytes.AsSpan().IndexOf(wrapped).ShouldBe(-1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Old_backup_put_back_over_the_node_is_erased_again_before_anybody_reads_it(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        var message = await SendAsync(pair);
        var other = await SendAsync(pair);
        await SweepAsync(pair.Rabat);
        await saved.BackUpAsync(pair.Rabat.Services, "0");
        await EndAsync(pair.Rabat, message);

        await using var elsewhere = await saved.PutBackAsync(pair.Rabat, engine);

        await using var restored = NodeServices.Build(pair.Rabat.Home, pair.Rabat.Home.Load());
        var messages = restored.GetRequiredService<MessageStore>();
        (await messages.OpenAsync(message.Id.ToString(), Cancellation)).ShouldBeNull();
        (await messages.FindAsync(message.Id.ToString(), Cancellation)).ShouldNotBeNull();
        (await messages.OpenAsync(other.Id.ToString(), Cancellation)).ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_was_sent_and_erased_after_the_backup_does_not_come_back_from_the_partner(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        await saved.BackUpAsync(pair.Rabat.Services, "0");
        var message = await SendAsync(pair);
        var other = await SendAsync(pair);
        await SweepAsync(pair.Rabat);
        await EndAsync(pair.Rabat, message);
        await using var elsewhere = await saved.PutBackAsync(pair.Rabat, engine);

        await pair.Rabat.StartAsync();
        await TestNode.WaitUntilAsync(pair.Rabat.HasCaughtUpAsync);

        (await pair.Rabat.Messages.OpenAsync(message.Id.ToString(), Cancellation)).ShouldBeNull();
        (await pair.Rabat.Messages.OpenAsync(other.Id.ToString(), Cancellation)).ShouldNotBeNull();
        await pair.VerifyAsync();
        await pair.Rabat.StopAsync();
    }

    [Fact]
    public async Task Damaged_database_that_is_replaced_does_not_stand_against_the_restore_which_says_so()
    {
        await using var pair = await TestPair.LinkedAsync();
        using var saved = new Saved();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        await saved.BackUpAsync(pair.Rabat.Services, "0");
        await pair.Rabat.StopAsync();
        await File.WriteAllBytesAsync(pair.Rabat.Home.DatabaseFile, new byte[8192], Cancellation);

        var done = await Saved.RestoreAsync(saved.Order("0") with { Folder = pair.Rabat.Home.Folder, Replace = true });

        done.ErasedAgain.ShouldBeFalse();
    }

    /// <summary>An information with a word to find it by, and a file that travels apart.</summary>
    private static async Task<Message> SendAsync(TestPair pair)
    {
        var store = pair.Rabat.Services.GetRequiredService<AttachmentStore>();
        using var stream = new MemoryStream(RandomNumberGenerator.GetBytes(Attachment.MaxInline + 1));
        var file = await store.KeepAsync("essai.bin", "application/octet-stream", stream, Cancellation);
        var message = TestMessages.Request() with
        {
            Kind = Kinds.Information,
            Body = new InformationBody { Domain = "terrorism", Text = "Texte inventé" }.ToBody(),
            Subjects = [Subject.Of(SubjectType.Person, ("name", "ERASMUS Inventé"))],
            Attachments = [file!],
        };
        var words = pair.Rabat.Services.GetRequiredService<SearchWords>();
        await pair.Rabat.SendAsync(message);
        const string leafOf = "SELECT leaf FROM message WHERE id = @Id";
        await pair.Rabat.Database.WriteAsync(
            async t =>
            {
                var leaf = await t.OneAsync<long>(leafOf, new { Id = message.Id.ToString() }, Cancellation);
                var found = new FoundBy(message.Id.ToString(), leaf, words.Hashes(["ERASMUS"]), []);
                await SearchWords.SaveAsync(t, [found], Cancellation);
                return leaf;
            },
            Cancellation
        );
        await pair.Rabat.WaitAsync(message, MessageState.Delivered);
        return message;
    }

    private static Task SweepAsync(TestNode node) =>
        node.Services.GetRequiredService<RetentionSweep>().SweepAsync(Cancellation);

    private static async Task EndAsync(TestNode node, Message message)
    {
        var desk = node.Services.GetRequiredService<RetentionDesk>();
        (await desk.EndAsync(Protection, [message.Case.ToString()], Cancellation)).ShouldBe(1);
        await SweepAsync(node);
    }

    private static async Task<byte[]> WrappedAsync(TestNode node, Message message)
    {
        const string sql = """
            SELECT k.wrapped FROM message m JOIN data_key k ON k.id = m.data_key WHERE m.id = @Id
            """;
        var id = message.Id.ToString();
        return (
            await node.Database.ReadAsync(c => c.OneAsync<byte[]>(sql, new { Id = id }, Cancellation), Cancellation)
        )!; // Not erased yet.
    }

    private static async Task<byte[]> WrappedAsync(Saved saved, Message message)
    {
        await saved.RestoreAsync("old");
        await using var restored = saved.Open();
        const string sql = """
            SELECT k.wrapped FROM message m JOIN data_key k ON k.id = m.data_key WHERE m.id = @Id
            """;
        var id = message.Id.ToString();
        var database = restored.GetRequiredService<Database>();
        return (await database.ReadAsync(c => c.OneAsync<byte[]>(sql, new { Id = id }, Cancellation), Cancellation))!; // The old key opens it.
    }

    private static async Task<(Attachment Apart, byte[] Sealed)> StoredFileAsync(TestNode node, Message message)
    {
        const string sql = "SELECT sealed FROM message WHERE id = @Id";
        var id = message.Id.ToString();
        var bytes = await node.Database.ReadAsync(
            c => c.OneAsync<byte[]>(sql, new { Id = id }, Cancellation),
            Cancellation
        );
        return (message.Attachments!.Single(), bytes!); // It was stored.
    }

    /// <summary>All that is left of the key is its name.</summary>
    private static void OpenWithoutKey(TestNode node, byte[] sealedBytes) =>
        node.Services.GetRequiredService<ContentSeal>().Open("gone", RandomNumberGenerator.GetBytes(60), sealedBytes);

    private static Task<long> FindWordAsync(TestNode node)
    {
        const string sql = "SELECT COUNT(*) FROM request_word";
        return node.Database.ReadAsync(c => c.OneAsync<long>(sql, null, Cancellation), Cancellation);
    }

    private static Task<long> NamedFilesAsync(TestNode node)
    {
        const string sql = "SELECT COUNT(*) FROM attachment";
        return node.Database.ReadAsync(c => c.OneAsync<long>(sql, null, Cancellation), Cancellation);
    }

    private static bool Contains(string folder, byte[] piece) =>
        Directory.Exists(folder)
        && Directory
            .EnumerateFiles(folder, "entente.db*")
            .Select(ReadShared)
            .Any(bytes => bytes.AsSpan().IndexOf(piece) >= 0);

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}
