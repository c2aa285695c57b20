namespace Entente.Node.Features.Accounts;

/// <summary>Event ids 1100–1199.</summary>
internal static partial class Log
{
    /// <summary>The framework's reason names the step of the verification that failed, never a secret.</summary>
    [LoggerMessage(EventId = 1100, Level = LogLevel.Warning, Message = "A passkey was refused: {Reason}")]
    public static partial void PasskeyRefused(this ILogger logger, string reason);
}
