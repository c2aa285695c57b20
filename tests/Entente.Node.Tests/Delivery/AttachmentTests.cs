using System.Security.Cryptography;
using Entente.Node.Features.Delivery;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Delivery;

public sealed class AttachmentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Large_file_travels_apart_and_arrives_before_its_message(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var file = RandomNumberGenerator.GetBytes((2 * AttachmentChunks.ChunkSize) + 123);
        var message = await WithFileAsync(pair.Rabat, file);

        await pair.Rabat.SendAsync(message);

        await pair.Rabat.WaitAsync(message, MessageState.Delivered);
        (await ReadAsync(pair.Madrid, message)).SequenceEqual(file).ShouldBeTrue();
    }

    [Fact]
    public async Task Small_file_travels_inside_its_message()
    {
        await using var pair = await TestPair.LinkedAsync();
        var file = RandomNumberGenerator.GetBytes(Attachment.MaxInline);
        var message = await WithFileAsync(pair.Rabat, file);

        await pair.Rabat.SendAsync(message);

        message.Attachments!.Single().Content.ShouldNotBeNull();
        await pair.Rabat.WaitAsync(message, MessageState.Delivered);
        (await ReadAsync(pair.Madrid, message)).SequenceEqual(file).ShouldBeTrue();
    }

    [Fact]
    public async Task File_on_its_way_does_not_hold_up_other_messages_and_goes_on_after_a_restart()
    {
        await using var pair = await TestPair.WiredAsync();
        pair.Wire.IsDown = true;
        var file = RandomNumberGenerator.GetBytes(3 * AttachmentChunks.ChunkSize);
        var heavy = await WithFileAsync(pair.Rabat, file);
        var light = TestMessages.Request();
        await pair.Rabat.SendAsync(heavy);
        await pair.Rabat.SendAsync(light);
        await pair.Rabat.RestartAsync();

        // A line on which the file takes a quarter of a minute, until the other message is there.
        pair.Wire.Limits.BytesPerSecond = file.Length / 15;
        pair.Wire.IsDown = false;
        await pair.Rabat.WaitAsync(light, MessageState.Delivered);
        pair.Wire.Limits.BytesPerSecond = 0;

        await pair.Rabat.WaitAsync(heavy, MessageState.Delivered);
        (await pair.Madrid.ReceivedAsync())[0].Id.ShouldBe(light.Id.ToString());
        (await ReadAsync(pair.Madrid, heavy)).SequenceEqual(file).ShouldBeTrue();
    }

    private static async Task<Message> WithFileAsync(TestNode node, byte[] file)
    {
        using var stream = new MemoryStream(file);
        var store = node.Services.GetRequiredService<AttachmentStore>();
        var attachment = await store.KeepAsync("essai.bin", "application/octet-stream", stream, Cancellation);
        return TestMessages.Request() with { Attachments = [attachment!] };
    }

    private static async Task<byte[]> ReadAsync(TestNode node, Message message)
    {
        var opened = (await node.Messages.OpenAsync(message.Id.ToString(), Cancellation))!;
        using var copy = new MemoryStream();
        var store = node.Services.GetRequiredService<AttachmentStore>();
        var attachment = opened.Message.Attachments!.Single();
        (await store.CopyToAsync(opened.Stored, attachment, copy, Cancellation)).ShouldBeNull();
        return copy.ToArray();
    }
}
