using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Node.Features.Record;

namespace Entente.Node.Features.Meetings;

/// <summary>What is agreed about a meeting before it is held.</summary>
public sealed record MeetingPlan
{
    /// <summary>Where a plan stands among the languages of a wording.</summary>
    public const string Member = "plan";

    /// <summary>Where a point agreed stands.</summary>
    public const string Point = "point";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // What is signed has one reading: the guard's, the officer's and any other software's.
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
    };

    public string Kind { get; init; } = "meeting";

    /// <summary>ISO date.</summary>
    public string Date { get; init; } = "";

    /// <summary>`10:30`, where the meeting is held; empty where only the day is known.</summary>
    public string Time { get; init; } = "";

    /// <summary>Its length.</summary>
    public int Minutes { get; init; } = 120;
    public string Place { get; init; } = "";
    public IReadOnlyList<string> Sessions { get; init; } = [];

    /// <summary>By node: each side names its own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Envoy>> Delegations { get; init; } =
        new Dictionary<string, IReadOnlyList<Envoy>>();

    public IReadOnlyList<AgendaItem> Agenda { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Null where it is none, or not one that could be held.</summary>
    public static MeetingPlan? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<MeetingPlan>(json, Json) is { } plan && plan.Holds() ? plan : null;
        }
        catch (JsonException)
        {
            return null; // A partner's words in another shape.
        }
    }

    public bool Holds() =>
        Codes.Kinds.Contains(Kind)
        && PartialDate.TryDay(Date, out _)
        && (Time.Length == 0 || TimeOnly.TryParseExact(Time, "HH:mm", CultureInfo.InvariantCulture, 0, out _))
        && Minutes is >= 0 and <= 7 * 24 * 60
        && Place.Length <= 200
        && Sessions.All(Codes.Formats.Contains)
        && Agenda.Count <= 50
        && Agenda.All(item => item is { Subject.Length: <= 500 })
        && Delegations.Count <= 2
        && Delegations.Values.All(side => side.Count <= 50 && side.All(one => one is { Name.Length: > 0 and <= 200 }));
}

public sealed record Envoy(string Name, string Role);

/// <param name="Owner">Who presents it.</param>
/// <param name="Papers">What to read before.</param>
public sealed record AgendaItem(string Subject, string? Domain = null, string? Owner = null, string? Papers = null);
