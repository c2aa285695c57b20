using System.Text.RegularExpressions;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Protection;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using static Entente.Node.Tests.Exchange.Offices;

namespace Entente.Node.Tests.Protection;

/// <summary>
/// Two worlds in which the same is done, but that in one the answer is held. Whoever has no protection role, be it officer,
/// supervisor and auditor in one, reads the same on every page of both, before the silent answer has left and after.
/// </summary>
public sealed partial class HeldPagesTests
{
    private const string Person = "Exemple Protégée";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("provided")]
    [InlineData("no-information")]
    public async Task Pages_of_a_held_answer_are_those_of_one_that_left(string outcome)
    {
        await using var held = await World.BeginAsync(Person);
        await using var left = await World.BeginAsync("Exemple Quelconque");

        await held.AnswerAsync(outcome);
        await left.AnswerAsync(outcome);

        await SameAsync(held, left);
        (await held.LedgerAsync()).ShouldBe(await left.LedgerAsync());

        await held.ReleaseAsync();
        await left.ReleaseAsync();
        await SameAsync(held, left);
        (await held.LedgerAsync()).ShouldBe(await left.LedgerAsync());
        (await held.HeldAsync()).ShouldBe(1);
        (await left.HeldAsync()).ShouldBe(0);
    }

    private static async Task SameAsync(World held, World left)
    {
        var pages = held.Paths.Zip(left.Paths).ToList();
        foreach (var (one, other) in pages)
        {
            var (here, there) = (await held.ReadAsync(one), await left.ReadAsync(other));
            (here == there).ShouldBeTrue($"{one}: {Difference(here, there)}");
        }
    }

    private static string Difference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{one.AsSpan(Math.Max(0, at - 200)..Math.Min(one.Length, at + 200))}\n  and not\n{other.AsSpan(Math.Max(0, at - 50)..Math.Min(other.Length, at + 200))}";
    }

    private sealed partial class World(TestNode rabat, TestNode madrid) : IAsyncDisposable
    {
        private BrowserlessClient _officer = null!; // Set by BeginAsync.
        private string _case = "";
        private string _answer = "";

        public IReadOnlyList<string> Paths =>
            [
                "/",
                "/inbox",
                "/inbox?show=all",
                "/inbox?show=all&words=Protégée",
                "/outbox?show=all",
                "/cases",
                $"/cases/{_case}",
                $"/cases/{_case}/evidence/{_answer}",
                $"/cases/{_case}/correct/{_answer}",
                "/transfers",
                $"/transfers/{_answer}",
                "/transfers/processing",
                "/retention",
                $"/retention/{_case}",
                "/statistics",
                "/approvals",
                "/corrections",
                "/record/MA",
                "/briefing/MA",
                "/breaches",
            ];

        public static async Task<World> BeginAsync(string sheltered)
        {
            var rabat = await TestNode.StartAsync("ma.interieur");
            var madrid = await TestNode.StartAsync("es.interior");
            await LinkAsync(rabat, madrid);
            var world = new World(rabat, madrid);
            using var asking = await SignedInAsync(rabat);
            world._officer = await SignedInAsync(madrid, Role.Supervisor, Role.Auditor);
            var desk = madrid.Services.GetRequiredService<ProtectionDesk>();
            (await desk.PlaceAsync(People.Protection, sheltered, "MA", null, Cancellation)).ShouldBeNull();
            world._case = await AskAsync(asking, About(Person));
            await UntilAsync(world._officer, "/inbox", "Essai de bout en bout");
            return world;
        }

        public async Task AnswerAsync(string outcome)
        {
            await Exchange.Offices.AnswerAsync(
                _officer,
                _case,
                outcome == "provided" ? Provided : [new("action", "send"), new("outcome", outcome)]
            );
            const string answer = "SELECT answer_id FROM request";
            _answer = (await OneAsync<string>(answer))!; // It was just answered.
            const string delivered = """
                SELECT (SELECT COUNT(*) FROM message WHERE id = @Id AND delivered IS NOT NULL)
                    + (SELECT COUNT(*) FROM kept_draft WHERE message = @Id AND delivered IS NOT NULL)
                """;
            await TestNode.WaitUntilAsync(async () =>
                await madrid.Database.ReadAsync(
                    c => c.OneAsync<long>(delivered, new { Id = _answer }, Cancellation),
                    Cancellation
                ) > 0
            );
        }

        /// <summary>The moment of whatever waits has come, and it is with the partner.</summary>
        public async Task ReleaseAsync()
        {
            const string waiting = "SELECT COUNT(*) FROM message WHERE state IN ('queued', 'sealed')";
            await madrid
                .Services.GetRequiredService<AnswerRelease>()
                .ReleaseAsync(DateTimeOffset.MaxValue, Cancellation);
            await TestNode.WaitUntilAsync(async () => await OneAsync<long>(waiting) == 0);
        }

        /// <summary>The page but for ids, times and what protects the form.</summary>
        public async Task<string> ReadAsync(string path)
        {
            var page = await _officer.GetAsync(path, Cancellation);
            var bare = Own().Replace(page.Document.DocumentElement.OuterHtml, "#");
            return $"{page.Status} {Times().Replace(bare, "@")}";
        }

        /// <summary>What stands in the ledger about messages that left, but for the envelopes, which hold many.</summary>
        public Task<IReadOnlyList<string>> LedgerAsync()
        {
            const string sql = """
                SELECT action || ' ' || actor || ' ' || why FROM ledger_leaf
                WHERE action IN ('disclose', 'decide') AND why NOT IN ('progress', 'sealed') ORDER BY idx
                """;
            return madrid.Database.ReadAsync(c => c.ListAsync<string>(sql, null, Cancellation), Cancellation);
        }

        public Task<long> HeldAsync() => OneAsync<long>("SELECT COUNT(*) FROM kept_draft WHERE held");

        private Task<T?> OneAsync<T>(string sql) =>
            madrid.Database.ReadAsync(c => c.OneAsync<T>(sql, null, Cancellation), Cancellation);

        [GeneratedRegex(
            """[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{28}\b|[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{8}\b|CfDJ8[\w-]+|127\.0\.0\.1:\d+"""
        )]
        private static partial Regex Own();

        [GeneratedRegex("""<time[^>]*>[^<]*</time>|\d{4}-\d\d-\d\d[T\d:.Z+-]*|\d\d?:\d\d(:\d\d)?""")]
        private static partial Regex Times();

        public async ValueTask DisposeAsync()
        {
            _officer.Dispose();
            await rabat.DisposeAsync();
            await madrid.DisposeAsync();
        }
    }
}
