namespace Entente.Node.Features.Retention;

/// <summary>What can stand against a decision on how long a case is kept.</summary>
public abstract record RetentionError(string Code)
{
    public sealed record ReasonMissing() : RetentionError("reason");

    public sealed record MonthsOutOfRange() : RetentionError("months");

    /// <summary>It was erased, or its exchange has not ended: there is no end to put off.</summary>
    public sealed record NotHeld() : RetentionError("not-held");

    public sealed record AskedAlready() : RetentionError("asked-already");

    public sealed record NothingChosen() : RetentionError("nothing");
}
