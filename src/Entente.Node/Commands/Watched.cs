using Entente.Node.Verification;
using Spectre.Console;

namespace Entente.Node.Commands;

/// <summary>Work with a bar for each of its steps, on standard error and only where somebody watches.</summary>
internal static class Watched
{
    public static Task<T> RunAsync<T>(IReadOnlyList<string> steps, Func<Func<string, Advance>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(_ => Advance.None);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(watch =>
            {
                var tasks = steps.ToDictionary(s => s, s => watch.AddTask(s, maxValue: 1));
                return work(step => new Advance(share => tasks[step].Value = share));
            });
    }
}
