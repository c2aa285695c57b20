using System.Security.Cryptography;

namespace Entente.Node.Features.Delivery;

/// <summary>How long to leave a partner alone: 0.2 s doubling to a minute, spread by half so that nodes do not march in step.</summary>
internal static class BackOff
{
    private const double First = 200;
    private const double Most = 60_000;

    /// <param name="failures">Attempts failed in a row, from 1.</param>
    public static TimeSpan After(int failures)
    {
        var middle = Math.Min(First * Math.Pow(2, Math.Min(failures - 1, 16)), Most);
        var spread = RandomNumberGenerator.GetInt32(500, 1001) / 1000.0;
        return TimeSpan.FromMilliseconds(middle * spread);
    }
}
