namespace Entente.Node.Tests.Protection;

/// <summary>Are two samples of one distribution? The two-sample test of Kolmogorov and Smirnov.</summary>
internal static class Samples
{
    /// <summary>At one in a thousand: two samples of one distribution fail it so often.</summary>
    private const double Critical = 1.95;

    public static bool Alike(IReadOnlyList<double> one, IReadOnlyList<double> other) =>
        Distance(one, other) <= Limit(one.Count, other.Count);

    /// <summary>The greatest distance of two samples of that size that is still taken for chance.</summary>
    public static double Limit(int one, int other) => Critical * Math.Sqrt((one + other) / ((double)one * other));

    public static double Distance(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        double[] first = [.. one.Order()];
        double[] second = [.. other.Order()];
        return first.Concat(second).Max(value => Math.Abs(Share(first, value) - Share(second, value)));
    }

    private static double Share(double[] sorted, double value)
    {
        var at = Array.BinarySearch(sorted, value);
        var below = at < 0 ? ~at : at + 1;
        return below / (double)sorted.Length;
    }
}
