namespace Entente.Bench;

/// <summary>A process's memory before, and at its highest while something went on.</summary>
internal sealed class Resident : IDisposable
{
    private readonly string _what;
    private readonly Func<long> _bytes;
    private readonly long _before;
    private readonly Timer _watch;
    private long _most;

    public Resident(string what, Func<long> bytes)
    {
        (_what, _bytes) = (what, bytes);
        _before = _most = bytes();
        _watch = new Timer(_ => _most = Math.Max(_most, _bytes()), null, 0, 200);
    }

    public void Tell()
    {
        FileBench.Say($"memory of the {_what}: before {_before / 1e6:0} MB, at most", _most / 1e6, "MB");
        FileBench.Say($"memory of the {_what}: after", _bytes() / 1e6, "MB");
    }

    public void Dispose() => _watch.Dispose();
}
