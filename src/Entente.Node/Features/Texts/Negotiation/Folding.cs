namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>Turns into a text. Everything is looked at in one order that all nodes agree on: by clock, then by side.</summary>
internal sealed class Folding(string id, IReadOnlyCollection<Turn> turns)
{
    private readonly IReadOnlyList<Turn> _turns =
    [
        .. turns.OrderBy(t => t.Clock).ThenBy(t => t.By, StringComparer.Ordinal).ThenBy(t => t.Number),
    ];

    public TextState State()
    {
        var versions = Versions();
        var clauses = Clauses(versions);
        var opening = Acts<OpenText>().Select(one => one.Act).FirstOrDefault();
        var state = new TextState
        {
            Id = id,
            Opening = opening,
            Title = clauses.FirstOrDefault(clause => clause.Id == id),
            Clauses = [.. clauses.Where(clause => clause.Id != id)],
            Comments =
            [
                .. Acts<AddComment>()
                    .Select(one => new Remark(one.Act.Clause, one.By.By, one.By.At, one.Act.Language, one.Act.Words)),
            ],
            Signatures = Signatures(versions),
        };
        state = state with { Canonical = CanonicalText.Of(state) };
        return state with { InForce = ForceOf(state.Signatures) };
    }

    private IEnumerable<(TAct Act, Turn By)> Acts<TAct>()
        where TAct : Act => from turn in _turns from act in turn.Acts.OfType<TAct>() select (act, turn);

    private Dictionary<string, ClauseVersion> Versions()
    {
        var versions = new Dictionary<string, ClauseVersion>(StringComparer.Ordinal);
        foreach (var (proposed, turn) in Acts<ProposeClause>())
        {
            versions.TryAdd(
                proposed.Version,
                new ClauseVersion
                {
                    Proposed = proposed,
                    By = turn.By,
                    At = turn.At,
                    Number = turn.Number,
                    Withdrawn = false,
                    AcceptedBy = new HashSet<string>(StringComparer.Ordinal) { turn.By },
                    Stale = Staleness.Of(proposed, versions),
                }
            );
        }

        foreach (var (act, turn) in Acts<WithdrawVersion>())
        {
            if (versions.TryGetValue(act.Version, out var version) && version.By == turn.By)
            {
                versions[act.Version] = version with { Withdrawn = true };
            }
        }

        foreach (var (act, turn) in Acts<AcceptVersion>())
        {
            if (versions.TryGetValue(act.Version, out var version))
            {
                ((HashSet<string>)version.AcceptedBy).Add(turn.By);
            }
        }

        return versions;
    }

    private List<ClauseState> Clauses(Dictionary<string, ClauseVersion> versions)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (act, _) in Acts<PlaceClause>())
        {
            places[act.Clause] = act.Position;
        }

        var covered = Covered(versions);
        var clauses =
            from version in versions.Values
            group version by version.Proposed.Clause into clause
            let heads = clause.Where(v => !v.Withdrawn && !covered.Contains(v.Id)).ToList()
            where heads.Count > 0 && !(heads is [{ Proposed.Removed: true, AcceptedBy.Count: > 1 }])
            select new ClauseState(clause.Key, places.GetValueOrDefault(clause.Key, ""), heads, [.. clause]);
        return
        [
            .. clauses
                .OrderBy(clause => clause.Position, StringComparer.Ordinal)
                .ThenBy(clause => clause.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Versions out of which, through whatever others, one came that is not withdrawn.</summary>
    private static HashSet<string> Covered(Dictionary<string, ClauseVersion> versions)
    {
        var covered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in versions.Values.Where(v => !v.Withdrawn))
        {
            var open = new Stack<string>(version.Proposed.Replaces);
            while (open.TryPop(out var replaced))
            {
                // A version of another clause is not replaced, whoever says so; nor does any replace itself.
                if (
                    replaced != version.Id
                    && versions.TryGetValue(replaced, out var earlier)
                    && earlier.Proposed.Clause == version.Proposed.Clause
                    && covered.Add(replaced)
                )
                {
                    foreach (var before in earlier.Proposed.Replaces)
                    {
                        open.Push(before);
                    }
                }
            }
        }

        return covered;
    }

    private List<Signature> Signatures(Dictionary<string, ClauseVersion> versions) =>
        [
            .. Acts<SignText>()
                .Select(one => new Signature(
                    one.By.By,
                    one.By.Number,
                    one.By.Seen,
                    one.By.At,
                    one.Act.Sha256,
                    one.Act.Jws,
                    _turns.Any(t => t.By != one.By.By && t.Seen >= one.By.Number && Releases(t, one.By, versions))
                )),
        ];

    /// <summary>
    /// A side that changes the text after it saw the other's signature will not sign that state any more. Taking back what
    /// the signer had not seen is no change: it leads back to what was signed.
    /// </summary>
    private static bool Releases(Turn later, Turn signed, Dictionary<string, ClauseVersion> versions) =>
        later.Acts.Any(act =>
            act switch
            {
                OpenText or ProposeClause or PlaceClause or ReleaseSignature => true,
                WithdrawVersion withdrawn => versions.TryGetValue(withdrawn.Version, out var version)
                    && version.Number <= signed.Seen,
                _ => false,
            }
        );

    private static InForce? ForceOf(IReadOnlyList<Signature> signatures) =>
        (
            from one in signatures
            from other in signatures
            where !one.Released && !other.Released && one.Sha256 == other.Sha256
            where string.CompareOrdinal(one.By, other.By) < 0
            orderby one.Number + one.Seen, one.Sha256
            select new InForce(one.Sha256, [one, other])
        ).FirstOrDefault();
}
