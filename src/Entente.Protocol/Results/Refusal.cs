namespace Entente.Protocol;

/// <summary>
/// Why something was not taken. The reason goes on the wire; the detail is for the log and the officer of this side
/// and never quotes content.
/// </summary>
public sealed record Refusal(Reason Reason, string Detail)
{
    public string Code => Reason.Code();

    internal static Refusal Malformed(string detail) => new(Reason.BadEnvelope, detail);
}
