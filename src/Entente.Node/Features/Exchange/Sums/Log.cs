namespace Entente.Node.Features.Exchange.Sums;

internal static partial class Log
{
    [LoggerMessage(2910, LogLevel.Error, "Adding up the exchange failed; the next round tries again.")]
    public static partial void SumsFailed(ILogger logger, Exception e);
}
