using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Recovery;

/// <summary>A partner that gives back can withhold; it cannot invent.</summary>
public sealed class ReturnedCheckTests : IAsyncLifetime
{
    private TestPair _pair = null!; // Made before each test.
    private LinkedPartner _madrid = null!; // The same.

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _pair = await TestPair.LinkedAsync();
        await _pair.ExchangeAsync(3);
        var directory = _pair.Rabat.Services.GetRequiredService<LinkDirectory>();
        _madrid = (await directory.FindPartnerAsync(_pair.Madrid.Id, Cancellation))!; // Linked above.
    }

    [Theory, InlineData(MessageDirection.Out), InlineData(MessageDirection.In)]
    public async Task Envelope_as_it_was_is_proven(MessageDirection direction)
    {
        var proven = await ProveAsync(direction, returned => returned);

        proven!.Lines.Count.ShouldBe(3);
        proven.Lines.ShouldAllBe(line => line.Message != null);
    }

    [Theory, InlineData(MessageDirection.Out), InlineData(MessageDirection.In)]
    public async Task Envelope_without_one_of_its_messages_is_not(MessageDirection direction) =>
        (await ProveAsync(direction, r => r with { Entries = [.. r.Entries.Skip(1)] })).ShouldBeNull();

    [Theory, InlineData(MessageDirection.Out), InlineData(MessageDirection.In)]
    public async Task Envelope_with_another_hash_is_not(MessageDirection direction) =>
        (await ProveAsync(direction, r => r with { Envelope = Hash.OfText("another") })).ShouldBeNull();

    [Theory, InlineData(MessageDirection.Out), InlineData(MessageDirection.In)]
    public async Task Leaf_of_another_line_is_not(MessageDirection direction)
    {
        var leaf = MerkleTree.LeafHash("another"u8);
        (
            await ProveAsync(
                direction,
                r => r with { Entries = [r.Entries[0] with { MerkleLeaf = leaf }, .. r.Entries.Skip(1)] }
            )
        ).ShouldBeNull();
    }

    [Fact]
    public async Task Receipt_signed_by_the_wrong_side_is_not()
    {
        var other = await FindAsync(MessageDirection.In);

        (await ProveAsync(MessageDirection.Out, r => r with { Receipt = other.Receipt })).ShouldBeNull();
    }

    [Fact]
    public async Task Batch_of_the_other_direction_is_not()
    {
        var other = await FindAsync(MessageDirection.In);

        (await ProveAsync(MessageDirection.Out, r => r with { Batch = other.Batch })).ShouldBeNull();
    }

    [Fact]
    public async Task Lines_of_another_envelope_are_not()
    {
        var other = await FindAsync(MessageDirection.In);

        (await ProveAsync(MessageDirection.Out, r => r with { Lines = other.Lines })).ShouldBeNull();
    }

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    private async Task<ProvenEnvelope?> ProveAsync(
        MessageDirection direction,
        Func<ReturnedEnvelope, ReturnedEnvelope> change
    )
    {
        var returned = change(await FindAsync(direction));
        var check = _pair.Rabat.Services.GetRequiredService<ReturnedCheck>();
        return await check.ProveAsync(_madrid, direction, 1, returned, Cancellation);
    }

    /// <summary>What Madrid gives back of what Rabat sent (out) or received (in).</summary>
    private async Task<ReturnedEnvelope> FindAsync(MessageDirection direction)
    {
        var services = _pair.Madrid.Services;
        var rabat = await services.GetRequiredService<LinkDirectory>().FindPartnerAsync(_pair.Rabat.Id, Cancellation);
        var side = direction == MessageDirection.Out ? MessageDirection.In : MessageDirection.Out;
        return (await services.GetRequiredService<RecoveryShelf>().FindAsync(rabat!, side, 1, Cancellation))!; // Exchanged above.
    }
}
