using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>The closed list of reasons for which a message, an envelope or a signed artefact is rejected.</summary>
[JsonConverter(typeof(WireName<Reason>))]
public enum Reason
{
    BadEnvelope,
    BadSignature,
    WrongRecipient,
    Fork,
    Policy,
    UnsupportedKind,
    TooLarge,
}

public static class ReasonCodes
{
    /// <summary>The word on the wire, for example <c>bad-envelope</c>.</summary>
    public static string Code(this Reason reason) =>
        reason switch
        {
            Reason.BadEnvelope => "bad-envelope",
            Reason.BadSignature => "bad-signature",
            Reason.WrongRecipient => "wrong-recipient",
            Reason.Fork => "fork",
            Reason.Policy => "policy",
            Reason.UnsupportedKind => "unsupported-kind",
            Reason.TooLarge => "too-large",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
        };
}
