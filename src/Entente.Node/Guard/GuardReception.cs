using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Guard.Rules;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Guard;

/// <summary>
/// The guard at the door: what a partner sends outside what was agreed for the link is not taken, and the receipt says
/// `policy`. Asked before any projection is made.
/// </summary>
internal sealed class GuardReception(
    LinkDirectory links,
    DecisionBook decisions,
    UseConditions conditions,
    RefusalDays refusals
) : IReception
{
    public async Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        foreach (var incoming in messages.Where(incoming => !incoming.Again))
        {
            incoming.Refusal = await JudgeAsync(transaction, incoming.Message, cancellation);
        }

        await conditions.KeepAsync(
            transaction,
            [.. messages.Where(incoming => incoming.Refusal is null).Select(incoming => incoming.Message)],
            cancellation
        );
    }

    private async Task<string?> JudgeAsync(Transaction transaction, Message message, CancellationToken cancellation)
    {
        var partner = message.From.Node.ToString();
        var rule = Against(await links.FindAsync(partner, cancellation), message);
        if (rule is null)
        {
            return null;
        }

        if (!await refusals.IsFullAsync(transaction, partner, cancellation))
        {
            await decisions.RecordAsync(
                transaction,
                new Objection(partner, "receive", message.Kind, partner, $"message:{message.Id}", $"refused:{rule}"),
                cancellation
            );
        }

        return Reason.Policy.Code();
    }

    /// <summary>The rule that stands against it, or null.</summary>
    internal static string? Against(Link? link, Message message) =>
        link is not { State: LinkState.Active, Settings: { } settings } ? "link"
        : message.Classification.Rank > settings.CeilingRank ? "ceiling"
        : !TermsWire.IsTerms(message) && !AgreedKindRule.Agreed(settings, message.Kind) ? "kind"
        : message.Profile.Id != settings.ProfileId || message.Profile.Version != settings.ProfileVersion ? "profile"
        : JudgedBy.ByAnotherFile(message, settings) ? "profile"
        : Domain(message) is { } domain && !settings.Domains.Contains(domain) ? "domain"
        : null;

    // Every body that has a domain says it under this name; the others rest on a message that did.
    private static string? Domain(Message message) =>
        message.Body.TryGetProperty("domain", out var domain)
        && domain.ValueKind == System.Text.Json.JsonValueKind.String
            ? domain.GetString()
            : null;
}
