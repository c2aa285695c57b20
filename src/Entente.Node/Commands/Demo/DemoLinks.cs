using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Commands.Demo;

/// <summary>Links two of the demo's nodes by the ceremony that real partners go through.</summary>
internal static class DemoLinks
{
    /// <exception cref="InvalidOperationException">A step was refused, or the safety numbers differ.</exception>
    public static async Task LinkAsync(
        IServiceProvider one,
        IServiceProvider other,
        LinkSettings settings,
        CancellationToken cancellation
    )
    {
        var (here, there) = (one.GetRequiredService<LinkCeremony>(), other.GetRequiredService<LinkCeremony>());
        var (ours, theirs) = (await here.OwnCardAsync(cancellation), await there.OwnCardAsync(cancellation));
        var (our, their) = (
            one.GetRequiredService<NodeOptions>().Country,
            other.GetRequiredService<NodeOptions>().Country
        );
        await AcceptAsync(one, theirs.Jws, DemoTerms.Between(settings, our, their), cancellation);
        await AcceptAsync(other, ours.Jws, DemoTerms.Between(settings, their, our), cancellation);

        var (ourPartner, theirPartner) = (theirs.Node.ToString(), ours.Node.ToString());
        var seenHere = await here.SafetyNumberAsync(ourPartner, cancellation);
        var seenThere = await there.SafetyNumberAsync(theirPartner, cancellation);
        if (seenHere is null || seenHere != seenThere)
        {
            throw new InvalidOperationException($"The safety numbers of {theirPartner} and {ourPartner} differ.");
        }

        foreach (var officer in (string[])["security1", "security2"])
        {
            Held(await here.ConfirmAsync(ourPartner, officer, cancellation));
            Held(await there.ConfirmAsync(theirPartner, officer, cancellation));
        }
    }

    private static async Task AcceptAsync(
        IServiceProvider node,
        string card,
        LinkSettings settings,
        CancellationToken cancellation
    )
    {
        var ceremony = node.GetRequiredService<LinkCeremony>();
        var outcome = await node.GetRequiredService<Database>()
            .WriteAsync(t => ceremony.AcceptAsync(t, card, settings, "security1", cancellation), cancellation);
        Held(outcome);
    }

    private static void Held(LinkOutcome outcome)
    {
        if (!outcome.Ok)
        {
            throw new InvalidOperationException($"The link ceremony stopped: {outcome.Error}");
        }
    }
}
