using System.Buffers;
using Entente.Node.Features.Record;

namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>How long what a partner sends may be, checked before it is used.</summary>
internal static class TurnLimits
{
    public const int LongestWording = 20_000;
    private const int LongestId = 64;

    // They make digits and words read in another order than they are signed in; no language is written with them.
    private static readonly SearchValues<char> Overrides = SearchValues.Create('\u202D', '\u202E');

    public static bool Holds(Act act) =>
        act switch
        {
            OpenText open => Id(open.Kind)
                && open.Languages is { Count: > 0 and <= 12 }
                && open.Languages.All(Id)
                && Id(open.Amends ?? "-")
                && Id(open.Meeting ?? "-"),
            ProposeClause one => Id(one.Clause)
                && Id(one.Version)
                && one.Replaces.Count <= 50
                && one.Replaces.All(Id)
                && one.Wording.Count <= 12
                && one.Wording.All(w => Id(w.Key) && w.Value is { Length: <= LongestWording } && Reads(w.Value))
                && (one.Confirmed ?? []).All(Id)
                && (one.Promise is null || Holds(one.Promise)),
            PlaceClause one => Id(one.Clause) && one.Position is { Length: > 0 and <= 500 },
            WithdrawVersion one => Id(one.Version),
            AcceptVersion one => Id(one.Version),
            AddComment one => Id(one.Clause ?? "-")
                && Id(one.Language)
                && one.Words is { Length: > 0 and <= 4000 }
                && Reads(one.Words),
            SignText one => Id(one.Sha256) && one.Jws is { Length: > 0 and <= 4000 },
            ReleaseSignature one => Id(one.Sha256),
            _ => false,
        };

    /// <summary>What will be followed up is in the words of the record.</summary>
    private static bool Holds(Promise promise) =>
        Record.Commitments.Types.Contains(promise.Type)
        && (promise.Domain is null || Codes.Domains.Contains(promise.Domain))
        && (promise.Due is null || PartialDate.IsValid(promise.Due))
        && (promise.Indicator is null || Indicators.All.Contains(promise.Indicator))
        && promise.Target is null or (> 0 and <= 1_000_000_000);

    /// <summary>It is read in the order in which it is written.</summary>
    private static bool Reads(string words) => !words.AsSpan().ContainsAny(Overrides);

    /// <summary>What was typed or pasted here, without what makes it read otherwise.</summary>
    public static string Readable(string words) =>
        Reads(words) ? words : string.Concat(words.Where(letter => !Overrides.Contains(letter)));

    private static bool Id(string? text) => text is { Length: > 0 and <= LongestId };
}
