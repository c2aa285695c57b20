namespace Entente.Node.Features.Texts;

internal static partial class Log
{
    [LoggerMessage(10001, LogLevel.Error, "Text {Text} could not be brought up to date: {Exception}")]
    public static partial void NotProjected(ILogger log, string text, string exception);
}
