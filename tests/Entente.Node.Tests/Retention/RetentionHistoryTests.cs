using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Retention;

/// <summary>
/// Random histories of cases, notes, reviews, extensions and time, beside a model that knows only the rule: nothing goes
/// early, and nothing stays past its end unless a reasoned extension stands.
/// </summary>
public sealed class RetentionHistoryTests
{
    private const int Months = 12; // Of persons whose category nobody said, in the directive's profile.

    [Theory]
    [InlineData(1, nameof(Engine.Sqlite))]
    [InlineData(2, nameof(Engine.Sqlite))]
    [InlineData(3, nameof(Engine.Postgres))]
    public async Task Nothing_is_erased_early_and_nothing_is_kept_past_its_end(int seed, string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var chance = new Chance((ulong)seed);
        var model = new List<Modelled>();
        for (var step = 0; step < 250; step++)
        {
            await StepAsync(both, chance, model);
            await both.SweepAsync();
            foreach (var one in model.Where(one => !one.Erased))
            {
                var over = one.End <= both.Clock.GetUtcNow();
                (await both.IsReadableAsync(one.Message)).ShouldBe(!over, $"seed {seed}, step {step}, case {one.Case}");
                one.Erased = over;
            }
        }

        model.ShouldContain(one => one.Erased);
        model.ShouldContain(one => !one.Erased);
    }

    private static async Task StepAsync(KeptBureaus both, Chance chance, List<Modelled> model)
    {
        var now = both.Clock.GetUtcNow();
        var alive = model.Where(one => !one.Erased).ToList();
        var one = alive.Count == 0 ? null : alive[chance.Next(0, alive.Count)];
        switch (chance.Next(0, 9))
        {
            case 0 or 1 when alive.Count < 12:
                var (caseId, message) = await both.AskAsync();
                model.Add(
                    new Modelled
                    {
                        Case = caseId,
                        Message = message,
                        Last = now,
                    }
                );
                break;
            case 2 when one is { Open: true }:
                await both.AnswerAsync(one.Message);
                (one.Open, one.Last) = (false, now);
                break;
            case 3 when one is not null:
                await both.NoteAsync(one.Case);
                one.Last = now;
                break;
            case 4 when one is not null:
                await both.ConfirmAsync(one.Case);
                break;
            case 5 when one is not null:
                await ExtendAsync(both, chance, one);
                break;
            case 6 when one is not null && chance.Next(0, 4) == 0:
                if (await both.EndAsync(one.Case) == 1)
                {
                    (one.Early, one.Extended) = (now, null);
                }

                break;
            default:
                both.Clock.Advance(TimeSpan.FromHours(chance.Next(1, 24 * 90)));
                break;
        }
    }

    private static async Task ExtendAsync(KeptBureaus both, Chance chance, Modelled one)
    {
        var months = chance.Next(1, 12);
        if (await both.ExtendAsync(one.Case, months) is not null)
        {
            return;
        }

        var grant = chance.Next(0, 2) == 0;
        var until = one.End!.Value.AddMonths(months); // It could be asked for: it has an end.
        (await both.DecideAsync(one.Case, both.Supervisor, grant)).ShouldBeNull();
        if (grant)
        {
            (one.Extended, one.Early) = (until, null);
        }
    }

    private sealed class Modelled
    {
        public required string Case { get; init; }
        public required string Message { get; init; }
        public required DateTimeOffset Last { get; set; }
        public bool Open { get; set; } = true;
        public DateTimeOffset? Early { get; set; }
        public DateTimeOffset? Extended { get; set; }
        public bool Erased { get; set; }

        public DateTimeOffset? End =>
            Open ? null
            : Early >= Last ? Early
            : Extended > Last.AddMonths(Months) ? Extended
            : Last.AddMonths(Months);
    }
}
