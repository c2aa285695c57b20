using Entente.Node.Features.Links;
using Entente.Node.Web;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>What a permission is about, in one sentence.</summary>
internal static class PermissionWords
{
    public static string Of(Labels labels, PermissionRow row) =>
        labels[
            $"permission.{(row.Direction == "in" ? "asked" : "ours")}.{row.ForUse}",
            LinkWords.Node(labels, row.Partner),
            To(labels, row)
        ];

    public static string To(Labels labels, PermissionRow row) =>
        string.IsNullOrEmpty(row.ToNode) ? "" : LinkWords.Node(labels, row.ToNode);
}
