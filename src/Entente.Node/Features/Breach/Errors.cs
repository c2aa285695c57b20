using Entente.Node.Guard;

namespace Entente.Node.Features.Breach;

/// <summary>Why a step did not happen. Each has a label `breach.error.CODE`.</summary>
internal abstract record BreachError(string Code)
{
    public sealed record Unknown() : BreachError("unknown");

    public sealed record Closed() : BreachError("closed");

    /// <summary>When, what and of which nature must be said.</summary>
    public sealed record FactsMissing() : BreachError("facts");

    /// <summary>Not yet noticed.</summary>
    public sealed record InFuture() : BreachError("future");

    public sealed record RiskMissing() : BreachError("risk");

    /// <summary>After 72 hours the reasons for the delay are stated.</summary>
    public sealed record LateReasonMissing() : BreachError("late");

    public sealed record NobodyToTell() : BreachError("nobody");

    /// <summary>The supervisory authority, a partner or the persons have not been told.</summary>
    public sealed record Untold() : BreachError("untold");

    /// <summary>A notice waits for a second person's approval.</summary>
    public sealed record Waits() : BreachError("waits");

    /// <summary>A line that would go to partners names somebody.</summary>
    public sealed record NamesPerson() : BreachError("names");

    /// <summary>The guard stood against the notice.</summary>
    public sealed record Refused(Decision? Decision) : BreachError("refused");
}
