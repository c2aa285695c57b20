using System.Collections.Concurrent;
using System.Globalization;

namespace Entente.Faults.Histories;

/// <summary>How often each thing was done, over all histories of a run.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public static Tally OfTheRun { get; } = new();

    public void Count(string what, long times = 1) => _counts.AddOrUpdate(what, times, (_, before) => before + times);

    public long this[string what] => _counts.GetValueOrDefault(what);

    public void AddTo(Tally total)
    {
        foreach (var (what, times) in _counts)
        {
            total.Count(what, times);
        }
    }

    public override string ToString() =>
        string.Join(
            ", ",
            _counts
                .OrderByDescending(c => c.Value)
                .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value} {c.Key}"))
        );
}
