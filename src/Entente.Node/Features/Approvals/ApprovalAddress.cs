namespace Entente.Node.Features.Approvals;

/// <summary>Where an approval is shown and decided.</summary>
internal static class ApprovalAddress
{
    public static string PageOf(this IEnumerable<IApprovalKind> kinds, Approval approval) =>
        $"{kinds.OwnPage(approval.Kind) ?? "/approvals"}/{Uri.EscapeDataString(approval.Id)}";

    /// <summary>Null where the kind is decided on the page of all approvals.</summary>
    public static string? OwnPage(this IEnumerable<IApprovalKind> kinds, string kind) =>
        kinds.FirstOrDefault(one => one.Code == kind)?.Page;
}
