namespace Entente.Node.Features.Corrections;

/// <summary>
/// How far a word on a correction goes: an answer may be thought over towards what was asked for, never back. So each
/// node is told of at most three times, however often its partner speaks.
/// </summary>
internal static class CorrectionWeight
{
    /// <param name="state">Null, and all that is no answer, weighs nothing.</param>
    public static int Of(string? state) =>
        state switch
        {
            CorrectionActions.Erased => 4,
            CorrectionActions.Rectified => 3,
            CorrectionActions.Refused => 2,
            "told" => 1,
            _ => 0,
        };
}
