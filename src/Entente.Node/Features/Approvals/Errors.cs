namespace Entente.Node.Features.Approvals;

/// <summary>Why something asked of the approvals did not happen. Each has a label `approvals.error.CODE`.</summary>
public abstract record ApprovalError(string Code);

/// <summary>There is none of that number that this officer may see.</summary>
public sealed record ApprovalUnknown() : ApprovalError("unknown");

/// <summary>Decided, lapsed or withdrawn before.</summary>
public sealed record ApprovalSettled() : ApprovalError("settled");

/// <summary>Who asks does not decide, nor does anybody through their power.</summary>
public sealed record NotTheirsToDecide() : ApprovalError("not-yours");

public sealed record ReasonMissing() : ApprovalError("reason");

/// <summary>It may no longer be done as it was asked.</summary>
/// <param name="Obstacle">The kind's code: `refused:h2`.</param>
public sealed record NoLongerPossible(string Obstacle) : ApprovalError("obstacle");

/// <summary>Nobody lends a power they do not hold, nor to themselves, nor to somebody who is not here.</summary>
public sealed record DelegationImpossible() : ApprovalError("delegation");

public sealed record PeriodImpossible() : ApprovalError("period");
