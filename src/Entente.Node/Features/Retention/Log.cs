namespace Entente.Node.Features.Retention;

internal static partial class Log
{
    [LoggerMessage(2700, LogLevel.Debug, "Erased {Count} cases whose period had ended.")]
    public static partial void Swept(ILogger logger, int count);

    [LoggerMessage(2701, LogLevel.Error, "The round of retention failed; the next one tries again.")]
    public static partial void Failed(ILogger logger, Exception e);
}
