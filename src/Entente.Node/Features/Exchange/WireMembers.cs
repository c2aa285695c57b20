using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// What Entente's messages say beyond the members that the wire library has types for. A partner's software that does
/// not know these keeps and ignores them.
/// </summary>
internal static class WireMembers
{
    public const string HandlingText = "handlingText";
    public const string UrgencyGround = "urgencyGround";

    /// <summary>In the body of a request: the other channels it was sent through, as codes.</summary>
    public const string Channels = "channels";
    public const string ChannelReference = "channelReference";
    public const string CommitmentTexts = "commitments";
    public const string Nature = "nature";
    public const string Assessment = "assessment";

    /// <summary>In the body of a partial answer: the rest follows, and the request stays open.</summary>
    public const string More = "more";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // What is signed has one reading: the guard's, the officer's and any other software's.
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string? Text(this Extensible members, string name) =>
        members.Unknown is { } unknown
        && unknown.TryGetValue(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static bool Flag(this Extensible members, string name) =>
        members.Unknown is { } unknown
        && unknown.TryGetValue(name, out var value)
        && value.ValueKind == JsonValueKind.True;

    public static IReadOnlyList<string> Texts(this Extensible members, string name) =>
        members.Unknown is { } unknown
        && unknown.TryGetValue(name, out var value)
        && value.ValueKind == JsonValueKind.Array
            ?
            [
                .. value
                    .EnumerateArray()
                    .Where(item => item.ValueKind == JsonValueKind.String)
                    .Select(item => item.GetString()!), // A string element has a string.
            ]
            : [];

    /// <summary>Members to set as <see cref="Extensible.Unknown"/>; null and empty ones are left out.</summary>
    public static Dictionary<string, JsonElement>? Of(params (string Name, object? Value)[] members)
    {
        var said = members.Where(m => m.Value is not (null or "" or IReadOnlyCollection<string> { Count: 0 })).ToList();
        return said.Count == 0
            ? null
            : said.ToDictionary(m => m.Name, m => JsonSerializer.SerializeToElement(m.Value, Json));
    }

    public static JsonElement ToBody(this InformationBody body) => JsonSerializer.SerializeToElement(body, Json);

    public static JsonElement ToBody(this PermissionBody body) => JsonSerializer.SerializeToElement(body, Json);

    /// <summary>Null where a member is missing: an origin left out would be an originator not asked.</summary>
    public static InformationBody? AsInformation(this Message message) =>
        Read<InformationBody>(message) is { Domain: not null, Text: not null } body
        && (body.Origins ?? []).All(origin => origin is { Node: not null, Message: not null })
            ? body
            : null;

    public static PermissionBody? AsPermission(this Message message) => Read<PermissionBody>(message);

    private static T? Read<T>(Message message)
        where T : class
    {
        try
        {
            return message.Body.Deserialize<T>(Json);
        }
        catch (JsonException)
        {
            return null; // The partner's body is not of this shape; the caller says so.
        }
    }
}

/// <summary>
/// The body of an `information` or an `alert`: something told unasked, or passed on with its originator's permission.
/// </summary>
public sealed record InformationBody
{
    public required string Domain { get; init; }

    public required string Text { get; init; }

    /// <summary>`facts`, `assessment` or `both`: what the text is.</summary>
    public string? Nature { get; init; }

    /// <summary>The sender's assessment, apart from the facts.</summary>
    public string? Assessment { get; init; }

    /// <summary>Whose information is in it, where it is not the sender's own.</summary>
    public IReadOnlyList<OriginReference>? Origins { get; init; }

    /// <summary>It tells of a breach of personal data at the sender's; null otherwise.</summary>
    public BreachNotice? Breach { get; init; }

    /// <summary>Of an alert: within what time somebody is to take it in charge.</summary>
    public string? Acknowledge { get; init; }
}

/// <param name="Id">The sender's number.</param>
/// <param name="Noticed">When the sender became aware of it.</param>
/// <param name="Nature">`confidentiality`, `integrity`, `availability`.</param>
/// <param name="Messages">Messages of this link whose content is concerned.</param>
public sealed record BreachNotice(
    string Id,
    DateTimeOffset Noticed,
    IReadOnlyList<string> Nature,
    IReadOnlyList<Guid> Messages
);

/// <param name="Node">The originator.</param>
/// <param name="Message">Its message that first carried the information.</param>
public sealed record OriginReference(string Node, string Message);

/// <summary>The body of a `permission`: may a message go on to one other node, or be used otherwise.</summary>
/// <param name="Action">`ask`, `grant`, `refuse`, `revoke`.</param>
/// <param name="Of">The message whose content is meant.</param>
/// <param name="To">The node it would go to.</param>
public sealed record PermissionBody(string Action, Guid Of, string To, string? Reason = null)
{
    public const string Ask = "ask";
    public const string Grant = "grant";
    public const string Refuse = "refuse";

    /// <summary>Takes a grant back from now on.</summary>
    public const string Revoke = "revoke";

    /// <summary>`dissemination` or `purpose`; null where the destination says it: see <see cref="PermissionUses"/>.</summary>
    public string? Use { get; init; }

    /// <summary>The other purpose, where that is the use.</summary>
    public string? Purpose { get; init; }
}
