using Entente.Faults.Checking;

namespace Entente.Faults.Histories;

/// <summary>What users were promised in this history, in order.</summary>
internal sealed class Journal
{
    private readonly Lock _gate = new();
    private readonly List<Promise> _promises = [];

    public IReadOnlyList<Promise> Promises
    {
        get
        {
            lock (_gate)
            {
                return [.. _promises];
            }
        }
    }

    public void Add(IEnumerable<Promise> promises)
    {
        lock (_gate)
        {
            _promises.AddRange(promises);
        }
    }
}
