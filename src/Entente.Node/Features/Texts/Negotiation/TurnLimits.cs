namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>How long what a partner sends may be, checked before it is used.</summary>
internal static class TurnLimits
{
    public const int LongestWording = 20_000;
    private const int LongestId = 64;

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
                && one.Wording.All(w => Id(w.Key) && w.Value is { Length: <= LongestWording })
                && (one.Confirmed ?? []).All(Id),
            PlaceClause one => Id(one.Clause) && one.Position is { Length: > 0 and <= 500 },
            WithdrawVersion one => Id(one.Version),
            AcceptVersion one => Id(one.Version),
            AddComment one => Id(one.Clause ?? "-") && Id(one.Language) && one.Words is { Length: > 0 and <= 4000 },
            SignText one => Id(one.Sha256) && one.Jws is { Length: > 0 and <= 4000 },
            ReleaseSignature one => Id(one.Sha256),
            _ => false,
        };

    private static bool Id(string? text) => text is { Length: > 0 and <= LongestId };
}
