using System.Text.Json.Serialization;

namespace Entente.Node.Profiles;

/// <summary>
/// The rules two partners follow on their link, as a dated data file: time limits, grounds, codes. The code enforces
/// whichever profile they adopted; changing the law is adding a file.
/// </summary>
public sealed record LegalProfile
{
    public required string Id { get; init; }

    /// <summary>The date from which it holds, and its name among the versions of the same id.</summary>
    public required string Version { get; init; }

    public required IReadOnlyDictionary<string, string> Names { get; init; }

    public required ProfileSource Source { get; init; }

    public required ProfileEffect Effective { get; init; }

    /// <summary>Whom it binds, in words for the officer.</summary>
    public required IReadOnlyDictionary<string, string> Scope { get; init; }

    public required IReadOnlyList<TimeLimit> TimeLimits { get; init; }

    public required IReadOnlyList<Sourced> UrgencyGrounds { get; init; }

    public required IReadOnlyList<RequiredContent> RequestContents { get; init; }

    /// <summary>A closed list: a refusal names one of these.</summary>
    public required IReadOnlyList<Sourced> RefusalGrounds { get; init; }

    public required IReadOnlyList<HandlingCode> Handling { get; init; }

    public required EvaluationScale Evaluation { get; init; }

    public required Sourced ThirdParty { get; init; }

    /// <summary>How long what names persons of each category is kept; `no-person` for what names none.</summary>
    public required IReadOnlyList<RetentionPeriod> Retention { get; init; }

    public required IReadOnlyList<SubjectCategory> SubjectCategories { get; init; }

    /// <summary>TLP labels, the strictest first; never translated.</summary>
    public required IReadOnlyList<Sourced> Tlp { get; init; }

    /// <summary>PAP labels, the strictest first.</summary>
    public required IReadOnlyList<Sourced> Pap { get; init; }

    /// <summary>Scales that received evaluations may be in, shown as they are: none maps onto another without loss.</summary>
    public required IReadOnlyList<EvaluationScale> OtherScales { get; init; }

    /// <summary>SHA-256 of the file, base64url: two nodes that name the same profile can compare what they hold.</summary>
    [JsonIgnore]
    public string Sha256 { get; init; } = "";

    public string Name(string language) => Names.TryGetValue(language, out var name) ? name : Id;

    public TimeLimit? Limit(string code) => TimeLimits.FirstOrDefault(limit => limit.Code == code);
}

public sealed record ProfileSource(string Title, string? Uri);

public sealed record ProfileEffect(string Date, string Source, string Flag);

/// <summary>A time to answer, in hours or in calendar days.</summary>
public sealed record TimeLimit : Sourced
{
    public int? Hours { get; init; }

    public int? Days { get; init; }

    /// <summary>`receipt`: the clock starts at the time in the receiver's signed receipt, so both sides compute the same.</summary>
    public required string CountedFrom { get; init; }

    public required bool Urgent { get; init; }

    public TimeSpan Span => Hours is { } hours ? TimeSpan.FromHours(hours) : TimeSpan.FromDays(Days ?? 0);
}

/// <summary>
/// How long the data of one category of persons is kept. `Source` and `Flag` are those of the review; the erasure has its
/// own.
/// </summary>
public sealed record RetentionPeriod : Sourced
{
    /// <summary>Months from the end of an exchange to the first review.</summary>
    public required int ReviewMonths { get; init; }

    /// <summary>Months from one review to the next.</summary>
    public required int AgainMonths { get; init; }

    /// <summary>Months from the end of an exchange to the erasure.</summary>
    public required int EraseMonths { get; init; }

    public required string EraseSource { get; init; }

    public required string EraseFlag { get; init; }
}

/// <summary>Something a request must say.</summary>
public sealed record RequiredContent : Sourced
{
    /// <summary>`always`, `urgent` (only when urgent), `subjects` (only when persons or entities are named).</summary>
    public required string When { get; init; }
}

public sealed record HandlingCode : Sourced
{
    /// <summary>Cannot be combined with another code.</summary>
    public required bool Alone { get; init; }

    /// <summary>Means nothing without words beside it.</summary>
    public required bool NeedsText { get; init; }
}

/// <summary>A kind of person that data is about.</summary>
public sealed record SubjectCategory : Sourced
{
    /// <summary>Naming one takes a reason and a supervisor.</summary>
    public required bool Guarded { get; init; }
}

/// <summary>How source and information are judged. Digits and letters are not an ordered scale.</summary>
public sealed record EvaluationScale(string Scale, IReadOnlyList<Sourced> Reliability, IReadOnlyList<Sourced> Accuracy);
