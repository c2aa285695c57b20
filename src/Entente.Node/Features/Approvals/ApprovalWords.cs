using Entente.Node.Web.Components;

namespace Entente.Node.Features.Approvals;

internal static class ApprovalWords
{
    public static Tone Tone(string state) =>
        state switch
        {
            Approval.Granted => Web.Components.Tone.Good,
            Approval.Refused => Web.Components.Tone.Bad,
            Approval.Waiting => Web.Components.Tone.Care,
            _ => Web.Components.Tone.Quiet,
        };
}
