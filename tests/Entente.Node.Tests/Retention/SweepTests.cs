using System.Diagnostics;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Retention;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Retention;

/// <summary>
/// Many cases end at once, as after a restore or a change of periods. ENTENTE_SWEEP_CASES asks for more cases than the short
/// run has; the pace and the longest time that somebody else waited to write are written to the output.
/// </summary>
public sealed class SweepTests
{
    private const int Messages = 3;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Cases =>
        int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_SWEEP_CASES"), out var wanted) ? wanted : 600;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Many_cases_are_erased_at_once_while_others_write(string engine)
    {
        await using var bureau = await Bureau.OpenAsync("ma.interieur", engine);
        for (var i = 0; i < Cases; i += 200)
        {
            await FillAsync(bureau, Math.Min(200, Cases - i));
        }

        var (began, longest) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        var sweep = bureau.Get<CaseErasure>().EraseAsync(Cancellation);
        while (!sweep.IsCompleted)
        {
            var waited = await WriteAsync(bureau);
            longest = waited > longest ? waited : longest;
            await Task.Delay(20, Cancellation);
        }

        (await sweep).ShouldBe(Cases);
        var took = Stopwatch.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{engine}: {Cases} cases of {Messages} messages in {took.TotalSeconds:F1} s; longest wait {longest.TotalMilliseconds:F0} ms"
        );
        const string keys = "SELECT COUNT(*) FROM data_key k JOIN message m ON m.data_key = k.id";
        (await bureau.Database.ReadAsync(c => c.OneAsync<long>(keys, null, Cancellation), Cancellation)).ShouldBe(0);
        (await bureau.LedgerAsync("erase")).Count.ShouldBe(Cases * (Messages + 1));
    }

    private static async Task<TimeSpan> WriteAsync(Bureau bureau)
    {
        const string sql = "UPDATE setting SET value = value WHERE name = 'messages.followed'";
        var began = Stopwatch.GetTimestamp();
        await bureau.Database.WriteAsync(t => t.RunAsync(sql, null, Cancellation), Cancellation);
        return Stopwatch.GetElapsedTime(began);
    }

    private static Task FillAsync(Bureau bureau, int cases) =>
        bureau.Database.WriteAsync(
            async t =>
            {
                var seal = bureau.Get<ContentSeal>();
                for (var i = 0; i < cases; i++)
                {
                    var ended = bureau.Now.AddYears(-20);
                    var caseId = Guid.CreateVersion7(ended);
                    var rows = new List<(Message, MessageStanding)>();
                    for (var j = 0; j < Messages; j++)
                    {
                        var message = TestMessages.Request() with { Id = Guid.CreateVersion7(ended), Case = caseId };
                        var line = message.ToLine();
                        var content = await seal.SealAsync(t, line, Cancellation);
                        var standing = new MessageStanding(
                            "es.interior",
                            MessageDirection.In,
                            ended,
                            1,
                            Hash.Of(line),
                            0,
                            content
                        );
                        rows.Add((message, standing));
                    }

                    await MessageRows.InsertAsync(t, rows, Cancellation);
                    await KeptRows.SaveAsync(t, Ended(caseId, ended), Cancellation);
                }
            },
            Cancellation
        );

    private static KeptCase Ended(Guid caseId, DateTimeOffset at) =>
        new()
        {
            CaseId = caseId.ToString(),
            Partner = "es.interior",
            Profile = "eu-2023-977/2023-06-11",
            Categories = "no-person",
            ReviewMonths = 6,
            AgainMonths = 12,
            EraseMonths = 36,
            LastAt = at,
            EndedAt = at,
            State = KeptCase.Held,
        };
}
