using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Profiles;

namespace Entente.Node.Features.Exchange;

/// <summary>The facts about what is to leave that are not in the draft: the law, the risks, who is shielded, the marking.</summary>
internal sealed class LeavingFacts(
    NodeOptions options,
    AssuranceBook assurances,
    ProtectionBook protection,
    NodeMarking marking
)
{
    private readonly SenderLaw? _law = SenderLaws.For(options.Country);

    /// <summary>The law a message to that country must satisfy beyond what was agreed; null where none does.</summary>
    public SenderLaw? LawTowards(string country) => _law is { } law && !law.Binds(country) ? law : null;

    /// <param name="texts">Everything it says: names are looked for in all of it.</param>
    public async Task<Disclosure> CompleteAsync(
        Disclosure disclosure,
        Safeguards safeguards,
        IEnumerable<string?> texts,
        CancellationToken cancellation
    )
    {
        var country = disclosure.PartnerCountry;
        return disclosure with
        {
            Law = _law,
            TransferGround = safeguards.TransferGround,
            TransferReason = safeguards.TransferReason,
            SpecialCategories = safeguards.SpecialCategories,
            SpecialGround = safeguards.SpecialGround,
            SpecialReason = safeguards.SpecialReason,
            Nature = safeguards.Nature,
            HasAssessment = !string.IsNullOrWhiteSpace(safeguards.Assessment),
            UncoveredRisks = await assurances.UncoveredAsync(country, disclosure.Domain, cancellation),
            Marking = await marking.MarkAsync(disclosure.Rank, cancellation),
            Shielded = await protection.ShieldsAsync(country, texts.Append(safeguards.Assessment), cancellation),
        };
    }
}
