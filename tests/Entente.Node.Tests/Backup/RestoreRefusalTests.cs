using Entente.Node.Features.Backup;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Backup;

public sealed class RestoreRefusalTests : IAsyncLifetime
{
    private readonly Saved _saved = new();
    private TestStore _store = null!; // Made before each test.
    private ServiceProvider _node = null!; // The same.

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        _node = _store.Services();
        await _saved.MakeKeyAsync(_node);
        for (var number = 0; number < 3; number++)
        {
            await _saved.BackUpAsync(_node, $"{number}");
        }
    }

    [Fact]
    public async Task Another_key_opens_nothing()
    {
        var other = _saved.PathOf("other.key");
        RecoveryKey.Create(other, "ma.interieur", TimeProvider.System.GetUtcNow());

        (await _saved.RefusedAsync(_saved.Order("0") with { KeyFile = other })).ShouldBeOfType<WrongRecoveryKey>();
        Directory.Exists(_saved.Restored).ShouldBeFalse();
    }

    [Fact]
    public async Task File_that_is_no_key_is_named()
    {
        var order = _saved.Order("0") with { KeyFile = _saved.PathOf("0") };

        (await _saved.RefusedAsync(order)).ShouldBeOfType<NotARecoveryKey>();
    }

    [Theory]
    [InlineData(0.999)]
    [InlineData(0.5)]
    [InlineData(0.02)]
    public async Task Truncated_file_is_cut_short(double share)
    {
        await ChangeAsync("0", bytes => bytes[..(int)(bytes.Length * share)]);

        (await _saved.RefusedAsync("0")).ShouldBeOfType<CutShort>();
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task Altered_byte_is_found(double place)
    {
        await ChangeAsync("0", bytes => Flip(bytes, (int)(bytes.Length * place)));

        (await _saved.RefusedAsync("0")).ShouldBeOfType<Altered>();
        Directory.Exists(Path.Combine(_saved.Restored, ".restoring")).ShouldBeFalse();
    }

    [Fact]
    public async Task Altered_header_is_found()
    {
        await ChangeAsync("0", bytes => Replace(bytes, "\"number\":0", "\"number\":1"));

        (await _saved.RefusedAsync(_saved.Order("1", "0"))).ShouldNotBeNull();
    }

    [Fact]
    public async Task Missing_increment_is_named()
    {
        var problem = (await _saved.RefusedAsync("0", "2")).ShouldBeOfType<IncrementMissing>();

        problem.Number.ShouldBe(1);
        (await _saved.RefusedAsync("2")).ShouldBeOfType<IncrementMissing>().Number.ShouldBe(0);
    }

    [Fact]
    public async Task File_of_another_chain_is_refused()
    {
        await _saved.BackUpAsync(_node, "new", full: true);

        (await _saved.RefusedAsync("0", "1", "new")).ShouldBeOfType<OtherChain>();
    }

    [Fact]
    public async Task Text_is_no_backup()
    {
        await File.WriteAllTextAsync(_saved.PathOf("text"), "{\"entente\":\"card\"}\n", Cancellation);

        (await _saved.RefusedAsync("text")).ShouldBeOfType<NotABackup>();
    }

    [Fact]
    public async Task Folder_in_use_is_kept_unless_told_to_set_it_aside()
    {
        await _saved.RestoreAsync("0");
        (await _saved.RefusedAsync("0")).ShouldBeOfType<FolderNotEmpty>();

        var done = await Saved.RestoreAsync(_saved.Order("0", "1") with { Replace = true });

        new NodeHome(done.SetAside!).Exists.ShouldBeTrue();
        new NodeHome(_saved.Restored).Exists.ShouldBeTrue();
    }

    [Fact]
    public async Task Folder_of_a_serving_node_is_not_replaced()
    {
        await using var serving = await TestNode.StartAsync("ma.interieur");
        var order = _saved.Order("0") with { Folder = serving.Home.Folder, Replace = true };

        (await _saved.RefusedAsync(order)).ShouldBeOfType<NodeIsRunning>();

        serving.Home.Exists.ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _store.DisposeAsync();
        _saved.Dispose();
    }

    private async Task ChangeAsync(string name, Func<byte[], byte[]> change)
    {
        var path = _saved.PathOf(name);
        await File.WriteAllBytesAsync(path, change(await File.ReadAllBytesAsync(path, Cancellation)), Cancellation);
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }

    private static byte[] Replace(byte[] bytes, string from, string to)
    {
        var at = bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(from));
        System.Text.Encoding.ASCII.GetBytes(to).CopyTo(bytes, at);
        return bytes;
    }
}
