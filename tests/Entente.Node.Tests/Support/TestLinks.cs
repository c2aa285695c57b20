using Entente.Node.Features.Links;
using Entente.Node.Profiles;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Support;

/// <summary>The link ceremony as two security officers of one node go through it.</summary>
internal static class TestLinks
{
    public static LinkSettings Settings { get; } =
        new()
        {
            Version = 1,
            CeilingRank = 1,
            Domains = new HashSet<string> { "terrorism", "drug-trafficking" },
            Kinds = new HashSet<string> { "request", "answer", "progress", "information" },
            ProfileId = "test",
            ProfileVersion = "2026-01-01",
            Equivalences = Levels,
        };

    /// <summary>Every level of every scheme equals the neutral one of its rank.</summary>
    private static IReadOnlyList<LevelEquivalence> Levels =>
        [
            .. new MarkingBook().Schemes.SelectMany(scheme =>
                KnownEquivalences.ByRank(scheme, new MarkingBook().For(""), "test")
            ),
        ];

    public static async Task<string> CardAsync(this IServiceProvider node) =>
        (await node.GetRequiredService<LinkCeremony>().OwnCardAsync(TestContext.Current.CancellationToken)).Jws;

    public static Task<LinkOutcome> OfferAsync(this IServiceProvider node, string card, LinkSettings? settings = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var ceremony = node.GetRequiredService<LinkCeremony>();
        return node.GetRequiredService<Database>()
            .WriteAsync(
                t => ceremony.AcceptAsync(t, card, settings ?? Settings, "securite-1", cancellation),
                cancellation
            );
    }

    /// <summary>Card taken, and confirmed by two officers: the link is active.</summary>
    public static async Task<Link> LinkAsync(this IServiceProvider node, string card, LinkSettings? settings = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var ceremony = node.GetRequiredService<LinkCeremony>();
        var offered = await node.OfferAsync(card, settings);
        var partner = offered.Link!.Partner;
        await ceremony.ConfirmAsync(partner, "securite-1", cancellation);
        return (await ceremony.ConfirmAsync(partner, "securite-2", cancellation)).Link!;
    }
}
