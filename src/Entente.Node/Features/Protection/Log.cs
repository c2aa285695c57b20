namespace Entente.Node.Features.Protection;

internal static partial class Log
{
    [LoggerMessage(2801, LogLevel.Debug, "Stopping the timed sending")]
    public static partial void ReleaseStopping(ILogger logger);

    [LoggerMessage(2802, LogLevel.Error, "Timed sending failed; trying again")]
    public static partial void ReleaseFailed(ILogger logger, Exception exception);
}
