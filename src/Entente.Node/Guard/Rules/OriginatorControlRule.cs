using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>The third-party rule: what came from one node goes to another only with the first one's recorded permission.</summary>
internal sealed class OriginatorControlRule : IRule
{
    public string Id => "originator";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var (held, to) = disclosure.Act switch
        {
            _ when disclosure.Leaves => (Held(disclosure, c => c.Originator != disclosure.Partner), disclosure.Partner),
            // What its own originator gave us is under its handling codes; what came through another is not.
            DisclosureAct.Prove => (Held(disclosure, c => c.Originator != c.GivenBy), HandlingH1Rule.Court),
            DisclosureAct.Export or DisclosureAct.Print => (
                Held(disclosure, c => c.Originator != c.GivenBy),
                "guard.outside"
            ),
            _ => (null, ""),
        };
        if (held is null)
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase("guard.originator.reason", held.Originator, to),
                new Phrase(
                    "guard.source.text",
                    disclosure.Profile?.ThirdParty.Source ?? "Directive (EU) 2016/680 art. 35(1)"
                ),
                new Phrase("guard.originator.remedy", held.Originator),
                Role.Officer
            )
        );
    }

    private static ForeignContent? Held(Disclosure disclosure, Func<ForeignContent, bool> concerned) =>
        disclosure.Foreign.FirstOrDefault(content => !content.Permitted && concerned(content));
}
