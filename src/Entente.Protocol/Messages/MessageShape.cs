using System.Text.Json;

namespace Entente.Protocol;

/// <summary>What the types alone do not say: no nulls in lists, sizes that are sizes, a body that is an object.</summary>
internal static class MessageShape
{
    public const string Zero = "The message writes the character zero.";

    public static string? Fault(Message message) =>
        message switch
        {
            { V: not 1 } => "The message's version is not 1.",
            { Seq: < 0 or > WireText.MaxNumber } => "The message's seq is out of range.",
            { Body.ValueKind: not JsonValueKind.Object } => "The message's body is not an object.",
            { Classification.Rank: < 0 } => "The classification's rank is negative.",
            _ when message.Handling.Any(code => code is null) => "A handling code is null.",
            _ when message.Subjects?.Any(subject => !IsWhole(subject)) == true => "A subject has a null in it.",
            _ when message.Attachments?.Any(attachment => !IsWhole(attachment)) == true =>
                "An attachment is malformed.",
            _ => null,
        };

    private static bool IsWhole(Subject? subject) =>
        subject is not null
        && subject.Properties.Values.All(values => values is not null && values.All(value => value is not null));

    private static bool IsWhole(Attachment? attachment) =>
        attachment is { Size: >= 0 } && (attachment.Content is null || attachment.Content.Length == attachment.Size);
}
