namespace Entente.Node.Features.Recovery;

/// <summary>Events 2300–2399.</summary>
internal static partial class Log
{
    [LoggerMessage(
        2300,
        LogLevel.Warning,
        "This node was restored, or is older than what it signed: it asks {Partner} for {Sent} messages that it sent and {Received} that it received. Nothing passes until they are here."
    )]
    public static partial void Begins(ILogger logger, string partner, long sent, long received);

    [LoggerMessage(2301, LogLevel.Information, "{Partner} gave back the envelope from {First} ({Direction})")]
    public static partial void Returned(ILogger logger, string partner, long first, string direction);

    [LoggerMessage(
        2302,
        LogLevel.Error,
        "What {Partner} gave back from {First} ({Direction}) is not proven; it is not kept"
    )]
    public static partial void Unproven(ILogger logger, string partner, long first, string direction);

    [LoggerMessage(
        2303,
        LogLevel.Warning,
        "All that passed between this node and {Partner} is here again. What was never sent to anybody since the backup is lost."
    )]
    public static partial void Ended(ILogger logger, string partner);

    [LoggerMessage(
        2304,
        LogLevel.Warning,
        "{Partner} cannot give anything back: it runs no such version. The link goes on as it is"
    )]
    public static partial void Helpless(ILogger logger, string partner);

    [LoggerMessage(2305, LogLevel.Error, "Asking {Partner} failed here; it is asked again")]
    public static partial void Failed(ILogger logger, Exception exception, string partner);
}
