using Entente.Node.Web;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>A file's size as people read it.</summary>
internal static class FileSize
{
    public static string Of(Labels labels, long bytes) =>
        bytes < 1 << 20
            ? labels["exchange.bytes", Math.Max(1, bytes >> 10)]
            : labels["exchange.megabytes", bytes / (double)(1 << 20)];
}
