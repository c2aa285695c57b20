namespace Entente.Node.Features.Readings;

internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Warning, "Watched folders could not be read; it is tried again")]
    public static partial void WatchFailed(ILogger log, Exception exception);

    [LoggerMessage(5002, LogLevel.Warning, "The watched folder {Folder} cannot be read: {Problem}")]
    public static partial void FolderUnreadable(ILogger log, string folder, string problem);
}
