using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Node.Features.Record;

namespace Entente.Node.Features.Activities;

/// <summary>All that one side says of an activity; its newest account stands. The body of an `activity`.</summary>
public sealed record ActivityAccount
{
    private const int Most = 20;
    private const int LongestLine = 300;
    private const int LongestNote = 4000;
    private const int MostTrained = 1_000_000;
    private const double LargestNumber = 1e12;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // What is signed has one reading: the guard's, the officer's and any other software's.
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
    };

    /// <summary>The same on both nodes, and the case of its messages.</summary>
    public string Activity { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Title { get; init; } = "";
    public string Domain { get; init; } = "";

    /// <summary>ISO days, both included.</summary>
    public string Begins { get; init; } = "";
    public string? Ends { get; init; }
    public string Place { get; init; } = "";

    /// <summary>Third states for which it is held, by ISO code.</summary>
    public IReadOnlyList<string> Beneficiaries { get; init; } = [];

    /// <summary>Who takes part beside the two that tell of it: states, and their authorities, that may have no node.</summary>
    public IReadOnlyList<ActivityParticipant> Participants { get; init; } = [];

    /// <summary>Who owns it, by node.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>();
    public string State { get; init; } = ActivityCodes.Planned;

    /// <summary>People trained.</summary>
    public int? Trained { get; init; }
    public IReadOnlyList<ActivityResult> Results { get; init; } = [];
    public string? Note { get; init; }

    public JsonElement ToBody() => JsonSerializer.SerializeToElement(this, Json);

    /// <summary>Null where it is none, or says what cannot be.</summary>
    public static ActivityAccount? Read(JsonElement body)
    {
        try
        {
            return body.Deserialize<ActivityAccount>(Json) is { } account && account.Holds() ? account : null;
        }
        catch (JsonException)
        {
            return null; // A partner's words in another shape.
        }
    }

    public bool Holds() =>
        ActivityCodes.Kinds.Contains(Kind)
        && ActivityCodes.States.Contains(State)
        && Title.Length is > 0 and <= LongestLine
        && Codes.Domains.Contains(Domain)
        && PartialDate.TryDay(Begins, out var first)
        && (Ends is null || (PartialDate.TryDay(Ends, out var last) && last >= first))
        && Place.Length <= LongestLine
        && Beneficiaries.Count <= Most
        && Beneficiaries.All(Codes.IsCountry)
        && Participants.Count <= Most
        && Participants.All(IsSound)
        && Units.Count <= 2
        && Units.Values.All(unit => unit is { Length: <= LongestLine })
        && Trained is null or (>= 0 and <= MostTrained)
        && Results.Count <= Most
        && Results.All(IsSound)
        && Note is null or { Length: <= LongestNote };

    /// <summary>The two accounts do not say the same of when it was, how it stands and what came of it.</summary>
    public bool Contradicts(ActivityAccount other) =>
        State != other.State
        || Begins != other.Begins
        || Ends != other.Ends
        || Trained != other.Trained
        || !Results.ToHashSet().SetEquals(other.Results);

    private static bool IsSound(ActivityParticipant participant) =>
        participant is { Country: { } country, Authority: null or { Length: > 0 and <= LongestLine } }
        && Codes.IsCountry(country);

    private static bool IsSound(ActivityResult result) =>
        result is not null
        && ActivityCodes.Results.Contains(result.Type)
        && result.Number is null or (>= 0 and <= LargestNumber)
        && (result.Unit is null || ActivityCodes.Units.Contains(result.Unit));
}

/// <param name="Country">ISO code.</param>
/// <param name="Authority">In words; null where only the state is named.</param>
public sealed record ActivityParticipant(string Country, string? Authority = null);

/// <param name="Number">Null where it is not known how many.</param>
public sealed record ActivityResult(string Type, double? Number = null, string? Unit = null);
