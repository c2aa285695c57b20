using System.Runtime.CompilerServices;
using System.Text.Json;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>
/// By which version of the link's terms, and by which very file of rules, a message was judged before it left: the member
/// `judged` of every message. Software that does not know it keeps and ignores it.
/// </summary>
/// <param name="Terms">The sender's version of the terms; each side counts its own, for each may narrow alone.</param>
/// <param name="ProfileSha256">Of the profile's file; null where the sender carries none.</param>
internal sealed record JudgedBy(int Terms, string? ProfileSha256)
{
    private const string Member = "judged";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly ConditionalWeakTable<LinkSettings, JsonDocument> Written = [];

    public static Message Stamp(Message message, LinkSettings settings)
    {
        var judged = Written.GetValue(
            settings,
            terms => JsonSerializer.SerializeToDocument(new JudgedBy(terms.Version, terms.ProfileSha256), Json)
        );
        var members = new Dictionary<string, JsonElement>(message.Unknown ?? []) { [Member] = judged.RootElement };
        return message with { Unknown = members };
    }

    /// <summary>Null where the message does not say.</summary>
    public static JudgedBy? Read(Message message)
    {
        if (message.Unknown?.TryGetValue(Member, out var judged) != true || judged.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var terms = judged.TryGetProperty("terms", out var version) && version.TryGetInt32(out var number) ? number : 0;
        var file = judged.TryGetProperty("profileSha256", out var sha256) ? sha256 : default;
        return new JudgedBy(terms, file.ValueKind == JsonValueKind.String ? file.GetString() : null);
    }

    /// <summary>The sender judged by another file than the one that was agreed here.</summary>
    public static bool ByAnotherFile(Message message, LinkSettings settings) =>
        Read(message)?.ProfileSha256 is { } theirs && settings.ProfileSha256 is { } agreed && theirs != agreed;
}
