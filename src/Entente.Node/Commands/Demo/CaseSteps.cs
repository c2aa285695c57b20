using System.Diagnostics;

namespace Entente.Node.Commands.Demo;

/// <summary>What a case page says of its first request: sent, delivered, seen, taken, answered, each with its time.</summary>
internal static class CaseSteps
{
    public const int Delivered = 1;
    public const int Answered = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Reloads the case until the step has its time.</summary>
    /// <exception cref="ScenarioBroken">It did not come in twenty seconds.</exception>
    public static async Task<BrowserlessPage> WaitAsync(
        BrowserlessClient officer,
        string path,
        int step,
        CancellationToken cancellation
    )
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var page = await officer.GetAsync(path, cancellation);
            var steps = page.Document.QuerySelector("[data-live^='state-'] ol")?.Children;
            if (steps?.Length > step && steps[step].QuerySelector("time") is not null)
            {
                return page;
            }

            ScenarioBroken.Unless(
                Stopwatch.GetElapsedTime(began) < Patience,
                $"step {step} of the case did not come",
                page
            );
            await Task.Delay(100, cancellation);
        }
    }
}
