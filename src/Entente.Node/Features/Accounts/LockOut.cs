namespace Entente.Node.Features.Accounts;

/// <summary>Five failures lock an account for a minute; each further one doubles the time, to an hour at most.</summary>
internal static class LockOut
{
    public const int Free = 5;

    public static TimeSpan? After(int failures) =>
        failures < Free ? null : TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, Math.Min(failures - Free, 10))));
}
