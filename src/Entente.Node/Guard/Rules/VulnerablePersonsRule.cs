using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>What names a minor or a victim leaves for a stated reason, with a supervisor's agreement.</summary>
internal sealed class VulnerablePersonsRule : IRule
{
    public string Id => "vulnerable";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (!disclosure.Leaves || !disclosure.Persons.Any(person => Guarded(disclosure, person)))
        {
            return default;
        }

        var reasoned = !string.IsNullOrWhiteSpace(disclosure.Reason);
        return new(
            new Finding(
                Id,
                reasoned ? Verdict.NeedsApproval : Verdict.Refuse,
                new Phrase(reasoned ? "guard.vulnerable.reason" : "guard.vulnerable.unreasoned"),
                new Phrase("guard.source.text", "Directive (EU) 2016/680 art. 6(c), recital 39"),
                new Phrase("guard.vulnerable.remedy"),
                Role.Supervisor
            )
        );
    }

    // A category of the profile that is marked as guarded; without a profile, the victims.
    private static bool Guarded(Disclosure disclosure, DisclosedPerson person) =>
        person.IsMinor
        || (
            disclosure.Profile is { } profile
                ? SubjectCategoryRule.Find(profile, person)?.Guarded == true
                : person.Category == "victim"
        );
}
