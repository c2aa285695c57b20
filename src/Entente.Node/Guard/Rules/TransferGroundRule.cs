using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// A sender bound by the directive lets personal data go to a third country only on a ground of its closed list, written
/// down with the reasons where the directive wants them written down.
/// </summary>
internal sealed class TransferGroundRule : IRule
{
    /// <summary>Shorter words than these document nothing.</summary>
    public const int ShortestReason = 20;

    public string Id => "transfer";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (!disclosure.TellsOfPersons || disclosure.Law is not { } law || law.Binds(disclosure.PartnerCountry))
        {
            return default;
        }

        // A notice of a breach is no transfer, as long as it tells of nobody.
        if (disclosure is { IsImpersonal: true, NamesSubjects: false, Persons.Count: 0 })
        {
            return default;
        }

        var ground = law.TransferGrounds.FirstOrDefault(ground => ground.Code == disclosure.TransferGround);
        var reason =
            ground is null ? new Phrase("guard.transfer.none", disclosure.PartnerCountry)
            : ground.Code == "adequacy" && !law.Adequate.Contains(disclosure.PartnerCountry)
                ? new Phrase("guard.transfer.not-adequate", disclosure.PartnerCountry)
            : ground.Documented && (disclosure.TransferReason?.Trim().Length ?? 0) < ShortestReason
                ? new Phrase("guard.transfer.undocumented", ground.Source)
            : null;
        return reason is null
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    reason,
                    new Phrase("guard.source.text", ground?.Source ?? "Directive (EU) 2016/680 art. 35-38"),
                    new Phrase("guard.transfer.remedy"),
                    Role.Officer
                )
            );
    }
}
