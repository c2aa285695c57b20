namespace Entente.Node.Verification;

/// <summary>What was checked, how often, and everything that was wrong.</summary>
internal sealed class Report
{
    // A wrecked store could name millions of rows; the first thousands say enough, and the count says all.
    private const int MostListed = 10_000;
    private readonly Dictionary<string, long> _checked = [];
    private readonly List<Problem> _problems = [];

    public IReadOnlyDictionary<string, long> Checked => _checked;

    public IReadOnlyList<Problem> Problems => _problems;

    public long ProblemCount { get; private set; }

    public bool Ok => ProblemCount == 0;

    /// <summary>Counts one thing looked at, right or wrong. Zero makes the line appear.</summary>
    public void Count(string what, long times = 1) => _checked[what] = _checked.GetValueOrDefault(what) + times;

    public void Add(string row, string what)
    {
        ProblemCount++;
        if (_problems.Count < MostListed)
        {
            _problems.Add(new Problem(row, what));
        }
    }

    /// <summary>Counts the check, and the problem when it does not hold.</summary>
    public bool Expect(bool holds, string check, string row, string otherwise)
    {
        Count(check);
        if (!holds)
        {
            Add(row, otherwise);
        }

        return holds;
    }
}

/// <param name="Row">Table and key, `ledger_leaf 12`.</param>
internal sealed record Problem(string Row, string What);
