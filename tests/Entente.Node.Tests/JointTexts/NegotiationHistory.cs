using Entente.Node.Features.Texts.Negotiation;

namespace Entente.Node.Tests.JointTexts;

/// <summary>
/// A history of two sides at one text, played from a list of numbers: each picks who does what, or what is delivered.
/// Messages are never lost and arrive in order, as on a link; when is anybody's guess.
/// </summary>
internal sealed class NegotiationHistory
{
    /// <summary>What a side may do at a step: wait for the post (6), send what is drafted, or one of thirteen acts.</summary>
    public const int Choices = 20;

    private const string Text = "t";
    private readonly List<(string Version, string Words)> _proposed = [];

    public Side Rabat { get; } = new("ma", Text);

    public Side Madrid { get; } = new("es", Text);

    public List<string> InForceSeen { get; } = [];

    public static NegotiationHistory Play(IEnumerable<int> steps)
    {
        var history = new NegotiationHistory();
        history.Rabat.Send(
            new OpenText("declaration-of-intent", ["fr", "ar"]),
            history.Rabat.Wording(Text, "titre"),
            history.Rabat.Wording("c0", "un deux trois"),
            new PlaceClause("c0", "m")
        );
        foreach (var step in steps)
        {
            history.Step(Math.Abs(step));
            history.Look();
        }

        while (history.Rabat.OnTheWay.Count + history.Madrid.OnTheWay.Count > 0)
        {
            Deliver(history.Rabat, history.Madrid);
            Deliver(history.Madrid, history.Rabat);
            history.Look();
        }

        history.Rabat.Send();
        history.Madrid.Send();
        Deliver(history.Rabat, history.Madrid);
        Deliver(history.Madrid, history.Rabat);
        history.Look();
        return history;
    }

    /// <summary>Words that no side took back or replaced having seen them, and that nobody can see any more.</summary>
    public IReadOnlyList<string> LostWords(Side side)
    {
        var acts = side.Turns.SelectMany(t => t.Acts).ToList();
        var gone = acts.OfType<WithdrawVersion>().Select(w => w.Version).ToHashSet();
        var proposed = acts.OfType<ProposeClause>().ToList();
        // Through however many steps: whoever replaced the last saw what that one had replaced.
        var replaced = new HashSet<string>();
        var open = new Stack<ProposeClause>(proposed.Where(p => !gone.Contains(p.Version)));
        while (open.TryPop(out var later))
        {
            foreach (var one in proposed.Where(p => later.Replaces.Contains(p.Version) && replaced.Add(p.Version)))
            {
                open.Push(one);
            }
        }

        var standing = side.State.All.SelectMany(c => c.Heads).Select(v => v.Id).ToHashSet();
        return
        [
            .. proposed
                .Where(p => !p.Removed && !gone.Contains(p.Version) && !standing.Contains(p.Version))
                .Where(p => !replaced.Contains(p.Version))
                .Select(p => p.Version),
        ];
    }

    private void Look()
    {
        foreach (var side in new[] { Rabat, Madrid })
        {
            if (side.State.InForce is { } force)
            {
                InForceSeen.Add(force.Sha256);
            }
        }
    }

    private void Step(int number)
    {
        var side = number % 2 == 0 ? Rabat : Madrid;
        var other = number % 2 == 0 ? Madrid : Rabat;
        var choice = number / 2 % Choices;
        var pick = number / (2 * Choices);
        if (choice < 6)
        {
            Deliver(other, side);
        }
        else if (choice == 6)
        {
            side.Send();
        }
        else if (side.Seen.Opening is not null && side.State.InForce is null)
        {
            Do(side, choice, pick);
        }
    }

    /// <summary>What an honest side's node lets its officers do.</summary>
    private static void Do(Side side, int choice, int pick)
    {
        var clauses = side.Seen.All.ToList();
        var clause = clauses.FirstOrDefault(c => c.Heads.Count > 1) ?? clauses[pick % clauses.Count];
        var mine = side.Seen.Signatures.Any(s => s.By == side.Name && !s.Released);
        var heads = clause.Heads.Select(v => v.Id).ToList();
        switch (choice)
        {
            case 7 when !mine:
                side.Draft(side.Wording(clause.Id, $"mots {pick} {side.Name}", heads));
                break;
            case 8 when !mine:
                var id = side.NewId("c");
                side.Send(side.Wording(id, $"clause {pick}"), new PlaceClause(id, "mn"));
                break;
            case 9 when !mine && clause.Id != Text:
                side.Send(side.Wording(clause.Id, "") with { Removed = true, Replaces = heads });
                break;
            case 10 when !mine:
                side.Send(new PlaceClause(clause.Id, $"{(char)('a' + (pick % 26))}"));
                break;
            case 11 when !mine && clause.Heads.FirstOrDefault(v => v.By == side.Name) is { } own && clause.Id != Text:
                side.Send(new WithdrawVersion(own.Id));
                break;
            case >= 12 and <= 14:
                side.Send([.. clauses.SelectMany(c => c.Heads).Select(v => new AcceptVersion(v.Id))]);
                break;
            case >= 15 when side.Seen.Obstacles.Count == 0 && !mine:
                side.Send(new SignText(side.Seen.Canonical!.Sha256, "jws"));
                break;
            case >= 15 when side.State.Signatures.FirstOrDefault(s => s.By != side.Name && !s.Released) is { } theirs:
                if (theirs.Sha256 != side.State.Canonical?.Sha256)
                {
                    side.Send(new ReleaseSignature(theirs.Sha256));
                }

                break;
            default:
                break;
        }
    }

    private static void Deliver(Side from, Side to)
    {
        if (from.OnTheWay.TryDequeue(out var line))
        {
            to.Take(line);
        }
    }
}
