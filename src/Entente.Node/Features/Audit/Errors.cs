namespace Entente.Node.Features.Audit;

/// <summary>Why an alarm was not closed.</summary>
internal abstract record AlarmError
{
    /// <summary>Nobody closes an alarm without saying why, in at least ten characters.</summary>
    internal sealed record ReasonMissing : AlarmError;

    /// <summary>There is no such alarm, or somebody closed it already.</summary>
    internal sealed record NotOpen : AlarmError;
}
