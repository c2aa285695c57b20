using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// H3: restrictions in words, which no rule can judge. They are shown on every use; where content goes out, a supervisor
/// has to have read them: a second person where it goes over a link, and whoever takes it out on paper, in a file or in a
/// briefing is one.
/// </summary>
internal sealed class HandlingH3Rule : IRule
{
    public const string Code = "H3";

    public string Id => "h3";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var held = disclosure.Foreign.FirstOrDefault(content => !content.Permitted && content.Handling.Contains(Code));
        if (held is null || !disclosure.ShowsContent || (disclosure.Leaves && held.GivenBy == disclosure.Partner))
        {
            return default;
        }

        var goesOut = disclosure.Leaves || disclosure.TakesOut || disclosure.Act == DisclosureAct.Brief;
        var answersForIt = !disclosure.Leaves && disclosure.Officer.Is(Role.Supervisor);
        var code = disclosure.Profile?.Handling.FirstOrDefault(handling => handling.Code == Code);
        return new(
            new Finding(
                Id,
                goesOut && !answersForIt ? Verdict.NeedsApproval : Verdict.Allow,
                new Phrase("guard.h3.reason", held.GivenBy),
                new Phrase("guard.source.text", code?.Source ?? Code),
                new Phrase(goesOut && !disclosure.Leaves ? "guard.h3.remedy-out" : "guard.h3.remedy"),
                Role.Supervisor
            )
        );
    }
}
