namespace Entente.Node.Features.Delivery;

/// <summary>Events 2100–2199. Partners and codes, never content.</summary>
internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Warning, "Refused a request of {Partner}: {Code}. {Detail}")]
    public static partial void Refused(ILogger logger, string partner, string code, string detail);

    [LoggerMessage(2101, LogLevel.Error, "A request of {Partner} failed here; the partner will try again")]
    public static partial void RequestFailed(ILogger logger, Exception exception, string partner);

    [LoggerMessage(2102, LogLevel.Debug, "Took {Count} messages of {Partner} from {First}")]
    public static partial void Taken(ILogger logger, int count, string partner, long first);

    [LoggerMessage(2103, LogLevel.Critical, "The history of {Partner} forked at {First}: the link is stopped")]
    public static partial void Forked(ILogger logger, string partner, long first);

    [LoggerMessage(2110, LogLevel.Debug, "Delivered {Count} messages to {Partner} from {First}")]
    public static partial void Delivered(ILogger logger, int count, string partner, long first);

    [LoggerMessage(2111, LogLevel.Warning, "{Partner} could not be reached ({Failure}); attempt {Attempt}")]
    public static partial void Unreachable(ILogger logger, string partner, string failure, int attempt);

    [LoggerMessage(2112, LogLevel.Error, "The courier to {Partner} failed; it starts again")]
    public static partial void CourierFailed(ILogger logger, Exception exception, string partner);

    [LoggerMessage(2113, LogLevel.Error, "The couriers could not be looked after; trying again")]
    public static partial void CouriersFailed(ILogger logger, Exception exception);

    [LoggerMessage(2114, LogLevel.Debug, "Stopping {Count} couriers")]
    public static partial void CouriersStopping(ILogger logger, int count);

    [LoggerMessage(2115, LogLevel.Debug, "The courier to {Partner} stopped")]
    public static partial void CourierStopped(ILogger logger, string partner);

    [LoggerMessage(2116, LogLevel.Debug, "Deleted {Count} files that no message had named")]
    public static partial void Swept(ILogger logger, int count);

    [LoggerMessage(2117, LogLevel.Error, "The day of the quiet links could not be accounted for; trying again")]
    public static partial void DayAccountFailed(ILogger logger, Exception exception);

    [LoggerMessage(2118, LogLevel.Error, "The refusals of a day could not be accounted for; trying again")]
    public static partial void RefusalsNotAccounted(ILogger logger, Exception exception);
}
