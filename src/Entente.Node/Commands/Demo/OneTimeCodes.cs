using System.Collections.Concurrent;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Commands.Demo;

/// <summary>
/// The demo's authenticator. A code is good once: whoever signs in again within the half minute takes the next code that
/// the node's window allows, and waits when that is used too.
/// </summary>
internal static class OneTimeCodes
{
    private const int Digits = 6;
    private static readonly ConcurrentDictionary<string, long> UsedSteps = new(StringComparer.Ordinal);

    public static async Task<string> NextAsync(string secret, TimeProvider clock, CancellationToken cancellation)
    {
        var now = Totp.Step(clock.GetUtcNow());
        var step = UsedSteps.AddOrUpdate(secret, now, (_, last) => Math.Max(now, last + 1));
        if (step > now + 1)
        {
            await Task.Delay(TimeSpan.FromSeconds((step - now - 1) * Totp.StepSeconds), clock, cancellation);
        }

        return Totp.Code(Base32.Decode(secret), step, Digits);
    }
}
