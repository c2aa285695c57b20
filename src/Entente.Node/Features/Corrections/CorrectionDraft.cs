namespace Entente.Node.Features.Corrections;

/// <summary>What an officer says about something this node sent.</summary>
/// <param name="Message">Id of the message.</param>
/// <param name="Ground">One of <see cref="CorrectionGrounds.Wrong"/>.</param>
/// <param name="Text">What is right; a recall has none.</param>
internal sealed record CorrectionDraft(
    string Message,
    string Ground,
    DateTimeOffset Deadline,
    string? Reason = null,
    string? Text = null
)
{
    public string Action => Text is null ? CorrectionActions.Recall : CorrectionActions.Rectify;
}

/// <summary>What an officer decides about something a partner recalls.</summary>
/// <param name="State">`erased`, `rectified`, `refused`.</param>
/// <param name="Ground">Of a refusal: one of <see cref="CorrectionGrounds.Kept"/>.</param>
internal sealed record CorrectionChoice(string Correction, string State, string? Ground = null, string? Reason = null);
