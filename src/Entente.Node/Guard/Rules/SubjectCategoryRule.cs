using Entente.Node.Features.Accounts;
using Entente.Node.Profiles;

namespace Entente.Node.Guard.Rules;

/// <summary>Suspects, convicts, victims and others are kept apart: each person named has a category of the profile.</summary>
internal sealed class SubjectCategoryRule : IRule
{
    public string Id => "category";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (
            disclosure is not { Leaves: true, Profile: { } profile }
            || disclosure.Persons.All(person => Find(profile, person) is not null)
        )
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase("guard.category.reason"),
                new Phrase("guard.source.text", profile.SubjectCategories[0].Source),
                new Phrase("guard.category.remedy"),
                Role.Officer
            )
        );
    }

    public static SubjectCategory? Find(LegalProfile profile, DisclosedPerson person) =>
        profile.SubjectCategories.FirstOrDefault(category => category.Code == person.Category);
}
