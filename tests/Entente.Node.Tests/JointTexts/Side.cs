using System.Text.Json;
using Entente.Node.Features.Texts.Negotiation;

namespace Entente.Node.Tests.JointTexts;

/// <summary>One side of a negotiation without a node: it keeps turns, makes turns, and forgets all else when restarted.</summary>
internal sealed class Side(string name, string text)
{
    private readonly List<string> _kept = [];
    private readonly List<Act> _draft = [];
    private int _made;

    public string Name => name;

    public Queue<string> OnTheWay { get; } = new();

    public IReadOnlyList<Turn> Turns => [.. _kept.Select(Read)];

    public TextState State => TextState.Of(text, Turns);

    /// <summary>What a page shows while something is still unsent.</summary>
    public TextState Seen => _draft.Count == 0 ? State : TextState.Of(text, [.. Turns, Next()]);

    public void Draft(Act act) => _draft.Add(act);

    public string NewId(string of) => $"{of}-{name}-{++_made}";

    public void Send(params IReadOnlyList<Act> acts)
    {
        _draft.AddRange(acts);
        if (_draft.Count > 0)
        {
            var line = Write(Next());
            _draft.Clear();
            _kept.Add(line);
            OnTheWay.Enqueue(line);
        }
    }

    public void Take(string line) => _kept.Add(line);

    public ClauseState? Clause(string id) => Seen.All.FirstOrDefault(clause => clause.Id == id);

    public ProposeClause Wording(string clause, string words, params IReadOnlyList<string> replaces) =>
        new()
        {
            Clause = clause,
            Version = NewId("v"),
            Replaces = replaces,
            Wording = new Dictionary<string, string> { ["fr"] = words, ["ar"] = "ع" + words },
        };

    private Turn Next() =>
        new()
        {
            Text = text,
            By = name,
            Number = Turns.Count(t => t.By == name) + 1,
            Seen = Turns.Where(t => t.By != name).Select(t => t.Number).DefaultIfEmpty().Max(),
            Acts = [.. _draft],
        };

    private static string Write(Turn turn) => $"{turn.By}|{turn.ToBody().GetRawText()}";

    private static Turn Read(string line)
    {
        var cut = line.IndexOf('|', StringComparison.Ordinal);
        return Turn.Read(JsonDocument.Parse(line[(cut + 1)..]).RootElement)! with { By = line[..cut] };
    }
}
