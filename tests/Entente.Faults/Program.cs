using Entente.Faults.Histories;
using Xunit.Runner.InProc.SystemConsole;

namespace Entente.Faults;

/// <summary>Runs the tests, or, as a process of a history, serves several nodes at once until it is killed.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args is [Crowd.Verb, .. var folders] ? Crowd.ServeAsync(folders) : ConsoleRunner.Run(args);
}
