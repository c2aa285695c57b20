namespace Entente.Node.Guard.Rules;

/// <summary>
/// PAP: what may be done with it. RED allows only what nobody outside can notice; AMBER no action that the person
/// concerned can see, as evidence in court is; GREEN and CLEAR allow action.
/// </summary>
internal sealed class PermissibleActionRule() : LabelRule("pap", "MISP taxonomy PAP, version 3")
{
    protected override string? Label(ForeignContent content) => content.Pap;

    protected override bool Exceeds(Disclosure disclosure, ForeignContent content) =>
        content.Pap switch
        {
            null or "GREEN" or "CLEAR" => false,
            "AMBER" => disclosure.Act == DisclosureAct.Prove,
            _ => disclosure.Act == DisclosureAct.Prove || Elsewhere(disclosure, content),
        };
}
