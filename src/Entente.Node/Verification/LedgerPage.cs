using System.Text;
using Entente.Node.Ledger;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Verification;

/// <summary>
/// Some leaves in a row, and what is stored about them. What can be said of each leaf by itself is worked out here, on
/// whichever core is free; what depends on those before it is left to the <see cref="LedgerCheck"/>.
/// </summary>
internal sealed class LedgerPage(long from)
{
    private static readonly Dictionary<string, LedgerAction> Actions = Enum.GetValues<LedgerAction>()
        .ToDictionary(LedgerLog.ActionName);

    private readonly List<Leaf> _leaves = [];

    /// <summary>The leaf after the last of the page before.</summary>
    public long From => from;

    public int Count => _leaves.Count;

    public long Last => _leaves[^1].Idx;

    public Dictionary<(int Level, long Idx), Hash> Nodes { get; } = [];

    public List<HeadRow> Heads { get; } = [];

    /// <summary>Place and hash of every leaf, once <see cref="Work"/> is done.</summary>
    public List<(long Idx, Hash Hash)> Hashes { get; } = [];

    public List<Problem> Problems { get; } = [];

    public void Add(in Leaf leaf) => _leaves.Add(leaf);

    /// <summary>Hashes every leaf and holds its columns against it.</summary>
    public LedgerPage Work()
    {
        var (time, writer) = (DateTimeOffset.MinValue, default(LedgerLeaf.Writer));
        foreach (var leaf in _leaves)
        {
            if (leaf.At != time)
            {
                (time, writer) = (leaf.At, new LedgerLeaf.Writer(leaf.At));
            }

            Hashes.Add((leaf.Idx, LedgerLeaf.HashOf(leaf.Json)));
            if (Text(leaf, writer) != leaf.Json)
            {
                Problems.Add(new Problem($"ledger_leaf {leaf.Idx}", Wrong(leaf.Json)));
            }
        }

        return this;
    }

    private static string? Text(in Leaf leaf, LedgerLeaf.Writer writer) =>
        Actions.TryGetValue(leaf.Action, out var action) && (leaf.Hash is null || Hash.TryParse(leaf.Hash, out _))
            ? writer.Text(new LedgerEvent(leaf.Actor, action, leaf.Object, leaf.Why, leaf.Hash, leaf.Link))
            : null;

    private static string Wrong(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var canonical = CanonicalJson.Of(bytes);
        return canonical.Ok && canonical.Value.AsSpan().SequenceEqual(bytes)
            ? "Its columns do not say what the leaf says."
            : "It is not canonical JSON.";
    }

    internal readonly record struct Leaf(
        long Idx,
        DateTimeOffset At,
        string Actor,
        string Action,
        string Object,
        string Why,
        string? Hash,
        string? Link,
        string Json
    );

    internal sealed class HeadRow
    {
        public long Size { get; init; }
        public string Root { get; init; } = "";
        public string Jws { get; init; } = "";
    }
}
