using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Entente.Node.Features.Carrier;
using Entente.Node.Features.Delivery;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Delivery;

public sealed class LargeFileTests
{
    private const int MiB = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_over_a_line_that_drops_every_8_MiB_resumes_by_chunk_and_arrives_whole()
    {
        await using var pair = await TestPair.WiredAsync();
        pair.Wire.Limits.DropsEvery = 8 * MiB;
        var file = RandomNumberGenerator.GetBytes((64 * MiB) + 5);
        var message = await WithFileAsync(pair.Rabat, file);
        await pair.Rabat.SendAsync(message);

        await DeliveredAsync(pair.Rabat, message);

        pair.Wire.Limits.Drops.ShouldBeGreaterThanOrEqualTo(7);
        pair.Wire.Limits.Carried.ShouldBeLessThan(112 * MiB, "chunks that had arrived were sent again");
        (await HashThereAsync(pair.Madrid, message)).ShouldBe(SHA256.HashData(file));
        AtRest(pair.Rabat, pair.Madrid).ShouldAllBe(chunk => !IsFirstOf(file, chunk));
    }

    [Fact]
    public async Task Messages_do_not_wait_for_a_file_that_fills_the_line()
    {
        await using var pair = await TestPair.WiredAsync();
        pair.Wire.Limits.BytesPerSecond = 8 * MiB;
        var heavy = await WithFileAsync(pair.Rabat, RandomNumberGenerator.GetBytes(48 * MiB));
        await pair.Rabat.SendAsync(heavy);
        await TestNode.WaitUntilAsync(() => Task.FromResult(pair.Wire.Limits.Carried > 4 * MiB));

        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 10; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var light = TestMessages.Request();
            await pair.Rabat.SendAsync(light);
            await pair.Rabat.WaitAsync(light, MessageState.Delivered);
            var took = Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
        }

        (await pair.Rabat.FindAsync(heavy))!.State.ShouldBe(
            MessageState.Queued,
            "the file was not on its way any more"
        );
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        pair.Wire.Limits.BytesPerSecond = 0;
        await DeliveredAsync(pair.Rabat, heavy);
    }

    [Fact]
    public async Task Files_given_to_a_carrier_that_never_arrives_go_by_wire()
    {
        await using var pair = await TestPair.WiredAsync();
        pair.Wire.IsDown = true;
        var file = RandomNumberGenerator.GetBytes(3 * MiB);
        var message = await WithFileAsync(pair.Rabat, file);
        await pair.Rabat.SendAsync(message);
        var lost = Path.Combine(pair.Rabat.Home.Folder, "lost.entente");
        var export = pair.Rabat.Services.GetRequiredService<CarrierExport>();
        (await export.RunAsync(pair.Madrid.Id, lost, _ => { }, Cancellation)).Header!.Chunks.ShouldBe(3);

        pair.Wire.IsDown = false;

        await DeliveredAsync(pair.Rabat, message);
        (await HashThereAsync(pair.Madrid, message)).ShouldBe(SHA256.HashData(file));
    }

    [Fact]
    public async Task Partner_that_never_names_its_files_stops_at_its_quota_until_they_are_swept()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        partner.Madrid.Home.Save(partner.Madrid.Options with { AttachmentQuota = 3 * (MiB + 16) });
        await partner.Madrid.RestartAsync();

        for (var number = 0; number < 3; number++)
        {
            (await PutAsync(partner, AnyId(), 0, MiB + 16)).ShouldBe(HttpStatusCode.NoContent);
        }

        var full = await PutAsync(partner, AnyId(), 0, MiB + 16);
        var swept = await partner
            .Madrid.Services.GetRequiredService<HeldChunks>()
            .SweepAsync(TimeProvider.System.GetUtcNow().AddDays(1), Cancellation);
        var again = await PutAsync(partner, AnyId(), 0, MiB + 16);

        (full, swept, again).ShouldBe((HttpStatusCode.InsufficientStorage, 3, HttpStatusCode.NoContent));
    }

    [Fact]
    public async Task Empty_chunks_and_chunks_that_grow_count_towards_the_quota()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        partner.Madrid.Home.Save(partner.Madrid.Options with { AttachmentQuota = 2 * MiB });
        await partner.Madrid.RestartAsync();
        var (first, second) = (AnyId(), AnyId());

        (await PutAsync(partner, first, 0, 0)).ShouldBe(HttpStatusCode.NoContent);
        (await PutAsync(partner, first, 0, MiB + 16)).ShouldBe(HttpStatusCode.NoContent);
        (await PutAsync(partner, second, 0, 0)).ShouldBe(HttpStatusCode.NoContent);
        (await PutAsync(partner, second, 0, MiB + 16)).ShouldBe(HttpStatusCode.InsufficientStorage);
        var empty = 0;
        while (empty < 100 && await PutAsync(partner, AnyId(), 0, 0) == HttpStatusCode.NoContent)
        {
            empty++;
        }

        empty.ShouldBeLessThan(16);
    }

    [Fact]
    public async Task File_that_came_with_a_message_is_neither_changed_nor_swept()
    {
        await using var pair = await TestPair.LinkedAsync();
        var file = RandomNumberGenerator.GetBytes(2 * MiB);
        var message = await WithFileAsync(pair.Rabat, file);
        await pair.Rabat.SendAsync(message);
        await DeliveredAsync(pair.Rabat, message);
        var id = message.Attachments!.Single().Id!.Value;
        var door = pair.Madrid.Services.GetRequiredService<AttachmentDoor>();

        (await door.TakeAsync(pair.Rabat.Id, id, 0, new byte[MiB + 16], Cancellation)).ShouldBeTrue();
        var swept = await pair
            .Madrid.Services.GetRequiredService<HeldChunks>()
            .SweepAsync(TimeProvider.System.GetUtcNow().AddDays(1), Cancellation);

        swept.ShouldBe(0);
        (await HashThereAsync(pair.Madrid, message)).ShouldBe(SHA256.HashData(file));
    }

    private static Guid AnyId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static Task DeliveredAsync(TestNode node, Message message) =>
        TestNode.WaitUntilAsync(async () => (await node.FindAsync(message))?.State == MessageState.Delivered, Patience);

    private static async Task<Message> WithFileAsync(TestNode node, byte[] file)
    {
        using var stream = new MemoryStream(file);
        var store = node.Services.GetRequiredService<AttachmentStore>();
        var attachment = await store.KeepAsync("essai.bin", "application/octet-stream", stream, Cancellation);
        return TestMessages.Request() with { Attachments = [attachment!] };
    }

    private static async Task<byte[]> HashThereAsync(TestNode node, Message message)
    {
        var opened = (await node.Messages.OpenAsync(message.Id.ToString(), Cancellation))!;
        using var copy = new MemoryStream();
        var store = node.Services.GetRequiredService<AttachmentStore>();
        (await store.CopyToAsync(opened.Stored, message.Attachments!.Single(), copy, Cancellation)).ShouldBeNull();
        return SHA256.HashData(copy.ToArray());
    }

    private static bool IsFirstOf(byte[] file, byte[] chunk) => chunk.AsSpan(0, MiB).SequenceEqual(file.AsSpan(0, MiB));

    /// <summary>The first chunk as it lies on either disk.</summary>
    private static IEnumerable<byte[]> AtRest(params TestNode[] nodes) =>
        nodes
            .SelectMany(n => Directory.EnumerateFiles(n.Home.AttachmentsFolder, "000000", SearchOption.AllDirectories))
            .Select(File.ReadAllBytes);

    private static async Task<HttpStatusCode> PutAsync(HandMadePartner partner, Guid id, long number, int length)
    {
        using var content = new ByteArrayContent(new byte[length]);
        content.Headers.ContentType = new("application/octet-stream");
        using var answer = await partner.Client.PutAsync($"attachments/{id}/{number}", content, Cancellation);
        return answer.StatusCode;
    }
}
