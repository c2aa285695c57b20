using Entente.Node.Features.Protection;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Reads on in the ledger for all who follow its messages: each message is opened once, whoever makes something of it. Asked
/// to read on before anything is erased.
/// </summary>
internal sealed class MessageFollower(
    LedgerFollower ledger,
    SeenMessages messages,
    IEnumerable<IMessageFollowing> followings
)
{
    private readonly IMessageFollowing[] _followings = [.. followings];

    /// <summary>For whoever asks for what was made of the messages, and waits.</summary>
    public Task FollowAsync(CancellationToken cancellation) => FollowAsync(rest: 0, cancellation);

    /// <summary>The same, leaving most of the time to the exchange.</summary>
    public Task FollowAtLeisureAsync(CancellationToken cancellation) => FollowAsync(rest: 3, cancellation);

    private Task FollowAsync(int rest, CancellationToken cancellation) =>
        ledger.FollowAsync("messages.followed", PrepareAsync, rest, cancellation);

    private async Task<Func<Transaction, Task>> PrepareAsync(
        IReadOnlyList<FollowedLeaf> leaves,
        CancellationToken cancellation
    )
    {
        var named = await NamedAsync(leaves, cancellation);
        var works = new List<Func<Transaction, Task>>();
        foreach (var following in _followings)
        {
            works.Add(await following.PrepareAsync(leaves, named, cancellation));
        }

        return async t =>
        {
            foreach (var work in works)
            {
                await work(t);
            }
        };
    }

    private async Task<IReadOnlyDictionary<string, FollowedMessage>> NamedAsync(
        IReadOnlyList<FollowedLeaf> leaves,
        CancellationToken cancellation
    )
    {
        string[] ids = [.. leaves.Select(leaf => leaf.Message).OfType<string>().Distinct(StringComparer.Ordinal)];
        var opened = await messages.OpenAsync(ids, cancellation);
        var named = opened.Values.ToDictionary(
            o => o.Stored.Id,
            o => new FollowedMessage(o.Stored, o),
            StringComparer.Ordinal
        );
        foreach (var id in ids.Where(id => !named.ContainsKey(id)))
        {
            // Erased, or never kept: a message that was refused has a leaf and no row.
            if (await messages.FindAsync(id, cancellation) is { } stored)
            {
                named.Add(id, new FollowedMessage(stored, null));
            }
        }

        return named;
    }
}
