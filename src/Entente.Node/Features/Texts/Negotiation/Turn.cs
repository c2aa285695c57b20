using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>
/// What one side did to a text at one time: the body of a `proposal` or an `adoption`. Turns are facts; what the text is
/// follows from the set of them (<see cref="TextState"/>), in whatever order they came.
/// </summary>
public sealed record Turn
{
    // Far above any negotiation, and two of them still add up to a number.
    private const int Highest = 1_000_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // What is signed has one reading: the guard's, the officer's and any other software's.
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The text's id, on both nodes.</summary>
    public required string Text { get; init; }

    /// <summary>The side's turns on this text counted from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The number of the other side's last turn that was known when this one was made; 0 for none.</summary>
    public required int Seen { get; init; }

    public required IReadOnlyList<Act> Acts { get; init; }

    /// <summary>The side: its node's id. Not in the body, the message says it.</summary>
    [JsonIgnore]
    public string By { get; init; } = "";

    [JsonIgnore]
    public DateTimeOffset At { get; init; }

    /// <summary>Greater than that of every turn it could know of.</summary>
    [JsonIgnore]
    public int Clock => Number + Seen;

    public JsonElement ToBody() => JsonSerializer.SerializeToElement(this, Json);

    /// <summary>Null where the body is not a turn.</summary>
    public static Turn? Read(JsonElement body)
    {
        try
        {
            return
                body.Deserialize<Turn>(Json)
                    is { Number: > 0 and <= Highest, Seen: >= 0 and <= Highest, Acts.Count: > 0 and <= 2000 } turn
                && turn.Acts.All(act => act is not null && TurnLimits.Holds(act))
                && turn.Acts.Count(act => act is SignText) <= 1
                ? turn
                : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null; // The partner's body is not of this shape; the caller says so.
        }
    }
}
