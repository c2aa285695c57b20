namespace Entente.Node.Features.Exchange;

/// <summary>What an originator may be asked leave for.</summary>
internal static class PermissionUses
{
    /// <summary>To pass the message on to one other node.</summary>
    public const string Onward = "onward";

    /// <summary>To produce it in court: lifts H1.</summary>
    public const string Court = "court";

    /// <summary>To disseminate it as the law allows: lifts H2. Passing it on to another node still needs its own leave.</summary>
    public const string Dissemination = "dissemination";

    /// <summary>To use it for a purpose other than the one it was given for.</summary>
    public const string Purpose = "purpose";

    public static readonly IReadOnlyList<string> All = [Onward, Court, Dissemination, Purpose];

    /// <summary>Software that names no use means the destination: the asking node itself stands for a court.</summary>
    public static string Of(PermissionBody body, string asking) => body.Use ?? (body.To == asking ? Court : Onward);

    /// <summary>What the wire says of it: nothing where the destination says enough.</summary>
    public static string? Wire(string use) => use is Dissemination or Purpose ? use : null;
}

/// <summary>What an officer asks the originator of a message.</summary>
/// <param name="To">The node it would go to, where that is the use.</param>
/// <param name="Purpose">The other purpose, where that is the use.</param>
internal sealed record PermissionAsk(
    string Message,
    string Use,
    string? To = null,
    string? Purpose = null,
    string? Reason = null
);
