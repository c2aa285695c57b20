using System.Globalization;
using Spectre.Console;

namespace Entente.Node.Commands.Reading;

/// <summary>Tells what becomes of many files: a line each, or a progress bar with only what was refused.</summary>
internal sealed class BulkOutcome(int files, bool bar)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private ProgressTask? _progress;

    public int Refused { get; private set; }

    public async Task WatchAsync(Func<Task> work)
    {
        if (!bar)
        {
            await work();
            return;
        }

        await AnsiConsole
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(async context =>
            {
                _progress = context.AddTask("reading", maxValue: files);
                await work();
            });
    }

    public void Add(TextFile file, string line)
    {
        lock (_lock)
        {
            var refused = file.Text is null;
            Refused += refused ? 1 : 0;
            var what = refused ? "was refused" : line;
            _counts[what] = _counts.GetValueOrDefault(what) + 1;
            _progress?.Increment(1);
            if (refused)
            {
                Console.Error.WriteLine($"{file.Name}: {line}");
            }
            else if (!bar)
            {
                Console.Out.WriteLine($"{file.Name}: {line}");
            }
        }
    }

    /// <summary>A line with the numbers, where there were more files than one sees at a glance.</summary>
    public void Summarise()
    {
        if (files > 1)
        {
            var parts = _counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value} {c.Key}"));
            Console.Out.WriteLine($"{string.Join(", ", parts)}.");
        }
    }
}
