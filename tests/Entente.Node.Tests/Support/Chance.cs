namespace Entente.Node.Tests.Support;

/// <summary>A sequence of numbers that a seed repeats, so that a failure can be run again.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From <paramref name="from"/> up to and without <paramref name="to"/>.</summary>
    public int Next(int from, int to)
    {
        _state = unchecked((_state * 6364136223846793005) + 1442695040888963407);
        return from + (int)((_state >> 33) % (ulong)(to - from));
    }
}
