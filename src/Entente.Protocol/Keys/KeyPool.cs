using System.Collections.Concurrent;

namespace Entente.Protocol;

/// <summary>
/// Platform key objects may not be shared between threads and cost a quarter of a millisecond to import: each thread
/// that works at the same time gets its own, imported once.
/// </summary>
internal sealed class KeyPool<T> : IDisposable
    where T : class, IDisposable
{
    private readonly ConcurrentBag<T> _free = [];
    private readonly Func<T> _import;

    public KeyPool(T first, Func<T> import)
    {
        _import = import;
        _free.Add(first);
    }

    public Lease Rent() => new(this, _free.TryTake(out var key) ? key : _import());

    public void Dispose()
    {
        while (_free.TryTake(out var key))
            key.Dispose();
    }

    public readonly ref struct Lease(KeyPool<T> pool, T key)
    {
        public T Key { get; } = key;

        public void Dispose() => pool._free.Add(Key);
    }
}
