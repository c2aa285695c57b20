namespace Entente.Node.Features.Rights;

/// <summary>Why a step did not happen. Each has a label `rights.error.CODE`.</summary>
internal abstract record RightsError(string Code)
{
    public sealed record Unknown() : RightsError("unknown");

    /// <summary>Name, kind, language and date of receipt must be there.</summary>
    public sealed record FactsMissing() : RightsError("facts");

    /// <summary>The letter waits for a decision, or has been approved.</summary>
    public sealed record NotOpen() : RightsError("not-open");

    /// <summary>An outcome that fits, with messages where it is about some, or a ground.</summary>
    public sealed record AnswerMissing() : RightsError("answer");

    /// <summary>A message chosen may not leave: its originator or its classification stands against it.</summary>
    public sealed record MayNotLeave() : RightsError("may-not-leave");

    public sealed record NotReady() : RightsError("not-ready");

    /// <summary>Nothing is restricted for it, or no longer.</summary>
    public sealed record NotRestricted() : RightsError("not-restricted");
}
