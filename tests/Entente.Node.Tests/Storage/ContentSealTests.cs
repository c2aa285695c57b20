using System.Security.Cryptography;
using System.Text;
using Dapper;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Storage;

public sealed class ContentSealTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("Le véhicule a été vu à Tarifa.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sealed_content_opens_to_what_it_was(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var seal = Seal(store);

        var held = await SealAsync(store, seal);

        seal.Open(held.DataKey, await WrappedAsync(store, held), held.Bytes).ShouldBe(Content);
        Contains(held.Bytes, Content).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Any_flipped_byte_of_content_or_key_is_refused(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var seal = Seal(store);
        var held = await SealAsync(store, seal);
        var wrapped = await WrappedAsync(store, held);

        for (var i = 0; i < held.Bytes.Length; i++)
        {
            var at = i;
            Should.Throw<CryptographicException>(() => seal.Open(held.DataKey, wrapped, Flip(held.Bytes, at)));
        }

        for (var i = 0; i < wrapped.Length; i++)
        {
            var at = i;
            Should.Throw<CryptographicException>(() => seal.Open(held.DataKey, Flip(wrapped, at), held.Bytes));
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Content_or_key_moved_to_another_row_is_refused(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var seal = Seal(store);
        var one = await SealAsync(store, seal);
        var two = await SealAsync(store, seal);
        var keyOfOne = await WrappedAsync(store, one);

        Should.Throw<CryptographicException>(() => seal.Open(one.DataKey, keyOfOne, two.Bytes));
        Should.Throw<CryptographicException>(() => seal.Open(two.DataKey, keyOfOne, one.Bytes));
    }

    [Fact]
    public async Task Another_nodes_master_key_opens_nothing()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        await using var other = await TestStore.CreateAsync(nameof(Engine.Sqlite), node: "es.interior");
        var held = await SealAsync(store, Seal(store));
        var wrapped = await WrappedAsync(store, held);

        Should.Throw<CryptographicException>(() => Seal(other).Open(held.DataKey, wrapped, held.Bytes));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Erased_key_is_gone_from_the_store_and_the_content_with_it(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var held = await SealAsync(store, Seal(store));

        await store.Database.WriteAsync(t => ContentSeal.EraseAsync(t, held.DataKey, Cancellation), Cancellation);

        (await WrappedAsync(store, held)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Erased_key_is_found_in_no_file_of_the_node()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        var held = await SealAsync(store, Seal(store));
        var wrapped = await WrappedAsync(store, held);
        AnyFileHolds(store, wrapped).ShouldBeTrue("the key is stored before it is erased");

        await store.Database.WriteAsync(t => ContentSeal.EraseAsync(t, held.DataKey, Cancellation), Cancellation);

        AnyFileHolds(store, wrapped).ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_erased_by_the_page_are_found_in_no_file_of_the_node()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        var seal = Seal(store);
        var contents = Enumerable.Repeat((ReadOnlyMemory<byte>)Content, 500).ToList();
        var held = await store.Database.WriteAsync(t => seal.SealAsync(t, contents, Cancellation), Cancellation);
        var wrapped = await WrappedAsync(store, held[250]);

        await store.Database.WriteAsync(
            t => ContentSeal.EraseAsync(t, store.Database.Dialect, [.. held.Select(h => h.DataKey)], Cancellation),
            Cancellation
        );
        await store.Database.WriteAsync(t => seal.SealAsync(t, contents, Cancellation), Cancellation);

        AnyFileHolds(store, wrapped).ShouldBeFalse();
    }

    private static ContentSeal Seal(TestStore store) =>
        new(MasterKey.Load(store.Home.MasterKeyFile), new Ids(store.Clock));

    private static Task<SealedContent> SealAsync(TestStore store, ContentSeal seal) =>
        store.Database.WriteAsync(t => seal.SealAsync(t, Content, Cancellation), Cancellation);

    private static async Task<byte[]> WrappedAsync(TestStore store, SealedContent held) =>
        await store.Database.ReadAsync(
            c =>
                c.QuerySingleOrDefaultAsync<byte[]>(
                    "SELECT wrapped FROM data_key WHERE id = @Id",
                    new { Id = held.DataKey }
                ),
            Cancellation
        ) ?? [];

    private static byte[] Flip(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 1;
        return flipped;
    }

    private static bool AnyFileHolds(TestStore store, byte[] sought) =>
        Directory
            .EnumerateFiles(store.Home.Folder, "*", SearchOption.AllDirectories)
            .Any(file =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                return Contains(copy.ToArray(), sought);
            });

    private static bool Contains(byte[] where, byte[] what) => where.AsSpan().IndexOf(what) >= 0;
}
