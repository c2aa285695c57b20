using Entente.Node.Web;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>What a permission is about, in one sentence.</summary>
internal static class PermissionWords
{
    public static string Of(Labels labels, PermissionRow row) =>
        labels[$"permission.{(row.Direction == "in" ? "asked" : "ours")}.{row.ForUse}", row.Partner, row.ToNode];
}
