namespace Entente.Node.Instances;

internal static partial class Log
{
    [LoggerMessage(9201, LogLevel.Warning, "Other instances are not heard for the moment: {Cause}")]
    public static partial void BellSilent(ILogger log, string cause);
}
