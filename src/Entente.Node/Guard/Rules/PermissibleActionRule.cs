using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// PAP: what may be done with it. RED allows only what nobody outside can notice; AMBER no action that the person
/// concerned can see, as evidence in court is; GREEN and CLEAR allow action.
/// </summary>
internal sealed class PermissibleActionRule : IRule
{
    public string Id => "pap";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var held = disclosure.Foreign.FirstOrDefault(content => !content.Permitted && Exceeds(disclosure, content));
        return held is null
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    new Phrase("guard.pap.reason", held.GivenBy, "PAP:" + held.Pap),
                    new Phrase("guard.source.text", "MISP taxonomy PAP, version 3"),
                    new Phrase("guard.pap.remedy", held.GivenBy),
                    Role.Officer
                )
            );
    }

    private static bool Exceeds(Disclosure disclosure, ForeignContent content) =>
        content.Pap switch
        {
            null or "GREEN" or "CLEAR" => false,
            "AMBER" => disclosure.Act == DisclosureAct.Prove,
            _ => disclosure.Act == DisclosureAct.Prove || (disclosure.Leaves && content.GivenBy != disclosure.Partner),
        };
}
