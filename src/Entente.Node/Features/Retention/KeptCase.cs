namespace Entente.Node.Features.Retention;

/// <summary>How long one case is kept, and why so long.</summary>
public sealed record KeptCase
{
    public required string CaseId { get; init; }
    public required string Partner { get; init; }

    /// <summary>`eu-2023-977/2023-06-11`: where the periods stand.</summary>
    public required string Profile { get; init; }

    /// <summary>Codes of the profile's periods, comma separated; the shortest of them holds.</summary>
    public required string Categories { get; init; }
    public required int ReviewMonths { get; init; }
    public required int AgainMonths { get; init; }
    public required int EraseMonths { get; init; }

    /// <summary>The last message or note.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Null while a request waits for its answer.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? ReviewedAt { get; init; }
    public string? ReviewedBy { get; init; }

    /// <summary>A review decided that it is no longer needed.</summary>
    public DateTimeOffset? ClosedEarly { get; init; }

    /// <summary>A reasoned extension stands until then.</summary>
    public DateTimeOffset? ExtendedUntil { get; init; }
    public DateTimeOffset ReviewAt { get; init; }

    /// <summary>Null while the exchange has not ended.</summary>
    public DateTimeOffset? EraseAt { get; init; }
    public required string State { get; init; }
    public DateTimeOffset? ErasedAt { get; init; }

    public const string Held = "held";
    public const string Erased = "erased";

    /// <summary>Before an erasure its officers are warned for so long.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromDays(30);

    public bool DueAt(DateTimeOffset now) => State == Held && EraseAt <= now;

    public bool WarnsAt(DateTimeOffset now) => State == Held && EraseAt <= now + Warning;

    internal const string Columns = """
        r.case_id, r.partner, r.profile, r.categories, r.review_months, r.again_months, r.erase_months, r.last_at,
        r.ended_at, r.reviewed_at, r.reviewed_by, r.closed_early, r.extended_until, r.review_at, r.erase_at, r.state,
        r.erased_at
        """;

    /// <summary>The same with its dates as they follow from what happened.</summary>
    public KeptCase Dated()
    {
        var from = EndedAt ?? LastAt;
        var review =
            ReviewedAt is { } reviewed && reviewed >= from
                ? reviewed.AddMonths(AgainMonths)
                : from.AddMonths(ReviewMonths);
        var erase = EraseDate();
        return this with { ReviewAt = erase < review ? erase.Value : review, EraseAt = erase };
    }

    private DateTimeOffset? EraseDate()
    {
        if (EndedAt is not { } ended)
        {
            return null;
        }

        // What was decided before the exchange went on no longer holds.
        if (ClosedEarly is { } early && early >= ended)
        {
            return early;
        }

        var end = ended.AddMonths(EraseMonths);
        return ExtendedUntil > end ? ExtendedUntil : end;
    }
}
