namespace Entente.Node.Features.Links;

/// <summary>Events 2000–2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "Link door closed ({Reason}) to {Who} from {Address}")]
    public static partial void DoorClosed(ILogger logger, string reason, string who, string address);
}
