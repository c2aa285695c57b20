using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

[JsonConverter(typeof(WireName<Urgency>))]
public enum Urgency
{
    /// <summary>Urgent, and what is asked is directly available to the asked authority.</summary>
    UrgentDirect,
    UrgentIndirect,
    Other,
}

[JsonConverter(typeof(WireName<Outcome>))]
public enum Outcome
{
    Provided,
    Partial,
    NoInformation,
    Refused,
}

/// <summary>The body of a <see cref="Kinds.Request"/>.</summary>
public sealed record RequestBody : Extensible
{
    public required string Domain { get; init; }
    public required Urgency Urgency { get; init; }
    public string? UrgencyReason { get; init; }
    public required string Justification { get; init; }
    public IReadOnlyList<string> Questions
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>How the purpose and the subjects are linked.</summary>
    public string? Link { get; init; }

    /// <summary>Why the information is thought to be available there.</summary>
    public string? Availability { get; init; }

    /// <summary>Restrictions on the use of what the request itself tells.</summary>
    public string? Restrictions { get; init; }
}

/// <summary>The body of a <see cref="Kinds.Answer"/>; <c>replyTo</c> of the message names the request.</summary>
public sealed record AnswerBody : Extensible
{
    public required Outcome Outcome { get; init; }

    /// <summary>The ground of a refusal, in the terms of the profile.</summary>
    public string? Ground { get; init; }
    public string? Text { get; init; }
    public IReadOnlyList<QuestionAnswer> Answers
    {
        get;
        init => field = value ?? [];
    } = [];
}

/// <summary>Questions are numbered from 1 in the order of the request.</summary>
public sealed record QuestionAnswer(int Question, string Text) : Extensible;

/// <summary>The body of a <see cref="Kinds.Progress"/>: what has become of a message received.</summary>
public sealed record ProgressBody(Guid Of, string State, DateTimeOffset At) : Extensible
{
    public string? Note { get; init; }
}

/// <summary>States known today; a reader shows a state it does not know as it is.</summary>
public static class ProgressStates
{
    public const string Seen = "seen";
    public const string Taken = "taken";
    public const string Delayed = "delayed";
    public const string Suspended = "suspended";
    public const string Resumed = "resumed";
    public const string Closed = "closed";
}

/// <summary>Typed bodies in and out of a message.</summary>
public static class Bodies
{
    public static JsonElement ToBody(this RequestBody body) =>
        JsonSerializer.SerializeToElement(body, WireJson.Wire.RequestBody);

    public static JsonElement ToBody(this AnswerBody body) =>
        JsonSerializer.SerializeToElement(body, WireJson.Wire.AnswerBody);

    public static JsonElement ToBody(this ProgressBody body) =>
        JsonSerializer.SerializeToElement(body, WireJson.Wire.ProgressBody);

    public static Opened<RequestBody> AsRequest(this Message message)
    {
        var read = WireText.Read(message.Body, WireJson.Wire.RequestBody);
        return read.Ok && read.Value.Questions.Any(question => question is null)
            ? Refusal.Malformed("A question is null.")
            : read;
    }

    public static Opened<AnswerBody> AsAnswer(this Message message)
    {
        var read = WireText.Read(message.Body, WireJson.Wire.AnswerBody);
        return read.Ok && read.Value.Answers.Any(answer => answer is null)
            ? Refusal.Malformed("An answer is null.")
            : read;
    }

    public static Opened<ProgressBody> AsProgress(this Message message) =>
        WireText.Read(message.Body, WireJson.Wire.ProgressBody);
}
