using Entente.Node.Web.Components;

namespace Entente.Node.Features.Record;

internal static class CommitmentTone
{
    public static Tone Of(string state) =>
        state switch
        {
            "done" => Tone.Good,
            "under-way" => Tone.Info,
            "lapsed" => Tone.Quiet,
            _ => Tone.Care,
        };
}
