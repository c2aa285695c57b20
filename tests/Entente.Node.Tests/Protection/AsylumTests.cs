using System.Diagnostics;
using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Corrections;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Protection;

/// <summary>
/// The authorities of the country of origin cannot tell 'we may not say' from 'we know nothing': not by the message's form
/// or words, not by when it comes. ENTENTE_ASYLUM_EXCHANGES asks for more exchanges of each sort than the short run has.
/// </summary>
public sealed class AsylumTests
{
    private const string Shielded = "Exemple Protégée";
    private const string Unknown = "Exemple Inconnue";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Exchanges =>
        int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_ASYLUM_EXCHANGES"), out var wanted) ? wanted : 300;

    [Fact]
    public async Task Held_answer_and_no_information_are_one_message_at_one_time()
    {
        var clock = new TestClock();
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite", clock);
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite", clock);
        await rabat.LinkAsync(madrid);
        await ShieldAsync(madrid, "MA");
        var (held, none) = (new List<Told>(), new List<Told>());
        var chance = new Chance(1);

        while (held.Count < Exchanges || none.Count < Exchanges)
        {
            // By chance, so that nothing else that comes and goes falls on one sort more than on the other.
            var i = held.Count + none.Count;
            if (none.Count == Exchanges || (held.Count < Exchanges && chance.Next(0, 2) == 0))
            {
                // Who has found something works longer on it.
                var work = TimeSpan.FromMinutes(30 + (i % 90));
                held.Add(await AskAsync(rabat, madrid, clock, Shielded, Outcome.Provided, work));
            }
            else
            {
                var work = TimeSpan.FromMinutes(1 + (i % 20));
                none.Add(await AskAsync(rabat, madrid, clock, Unknown, Outcome.NoInformation, work));
            }
        }

        Report(held, none);
        OneAndTheSame(held, none, told => told.Form);
        OneAndTheSame(held, none, told => told.Members);
        OneAndTheSame(held, none, told => told.Size);
        OneAndTheSame(held, none, told => told.Messages);
        // What the partner sees of our ledger is its size, in every receipt.
        OneAndTheSame(held, none, told => told.Leaves);
        Alike(held, none, told => told.Delay);
        Alike(held, none, told => told.Arrival);
        Alike(held, none, told => told.Departure);
    }

    private static void OneAndTheSame<T>(IReadOnlyList<Told> held, IReadOnlyList<Told> none, Func<Told, T> of)
    {
        held.Select(of).Distinct().ShouldHaveSingleItem();
        held.Select(of).Distinct().ShouldBe(none.Select(of).Distinct());
    }

    private static void Alike(IReadOnlyList<Told> held, IReadOnlyList<Told> none, Func<Told, double> of) =>
        Samples.Alike([.. held.Select(of)], [.. none.Select(of)]).ShouldBeTrue();

    private static void Report(IReadOnlyList<Told> held, IReadOnlyList<Told> none)
    {
        string Of(string what, Func<Told, double> of) =>
            $"{what} D={Samples.Distance([.. held.Select(of)], [.. none.Select(of)]):0.000}";
        TestContext.Current.SendDiagnosticMessage(
            $"{held.Count} + {none.Count} exchanges: {Of("moment", told => told.Delay)}, "
                + $"{Of("arrival", told => told.Arrival)}, {Of("departure", told => told.Departure)}, "
                + $"{held[0].Size} bytes, limit {Samples.Limit(held.Count, none.Count):0.000}"
        );
    }

    [Fact]
    public void Moments_are_of_one_distribution_however_long_the_officer_works()
    {
        var received = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var due = received.AddHours(8);

        double[] quick = [.. Draws(received, due, TimeSpan.FromMinutes(2))];
        double[] slow = [.. Draws(received, due, TimeSpan.FromMinutes(100))];

        Samples.Alike(quick, slow).ShouldBeTrue();
        quick.Concat(slow).ShouldAllBe(share => share >= 0.25 && share < 0.75);
        Samples.Alike(quick, [.. quick.Select(share => share + 0.05)]).ShouldBeFalse(); // The test can tell.
    }

    [Fact]
    public async Task Officer_sees_the_answer_as_sent_and_only_the_guardian_that_it_was_held()
    {
        var clock = new TestClock();
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite", clock);
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite", clock);
        await rabat.LinkAsync(madrid);
        await ShieldAsync(madrid, "MA");

        await AskAsync(rabat, madrid, clock, Shielded, Outcome.Provided, TimeSpan.FromMinutes(5));

        var row = (await RowsAsync(madrid)).Single();
        row.Outcome.ShouldBe("provided");
        var file = await madrid.Get<CaseReader>().ReadAsync(madrid.Officer, row.CaseId, Cancellation);
        var answer = file.Entries.Single(entry => entry.Stored.Kind == Kinds.Answer);
        answer.Stored.State.ShouldBe(MessageState.Delivered);
        answer.Opened!.Message.AsAnswer().Value!.Text.ShouldBe("Réponse d’essai");
        (await madrid.Get<KeptDrafts>().HeldAsync(Cancellation)).Count.ShouldBe(1);
        (await madrid.LedgerAsync("decide")).ShouldBeEmpty();
        (await madrid.CountAsync("decision")).ShouldBe(0);
    }

    [Fact]
    public async Task Request_about_the_person_stays_and_looks_unanswered()
    {
        var clock = new TestClock();
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite", clock);
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite", clock);
        await rabat.LinkAsync(madrid);
        await ShieldAsync(madrid, "MA");
        var draft = About(Drafts.Request("ma.interieur"), Shielded) with { Safeguards = Drafts.Transfer };

        var sent = await ExchangeTests.SendAsync(madrid, draft);

        (await madrid.HandOverAsync(rabat)).ShouldBe(0);
        (await madrid.RowAsync(sent.Message)).State.ShouldBe(RequestState.Delivered);
    }

    [Fact]
    public async Task What_was_held_is_unreadable_once_its_case_is_erased()
    {
        var clock = new TestClock();
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite", clock);
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite", clock);
        await rabat.LinkAsync(madrid);
        await ShieldAsync(madrid, "MA");
        var draft = About(Drafts.Forward("", "ma.interieur") with { Forward = null }, Shielded);
        var sent = await ExchangeTests.SendAsync(madrid, draft with { Safeguards = Drafts.Transfer });
        await madrid.HandOverAsync(rabat);
        (await madrid.Get<SeenMessages>().OpenAsync(sent.Message, Cancellation)).ShouldNotBeNull();

        clock.Advance(TimeSpan.FromDays(365 * 12));
        await madrid.Get<Features.Retention.RetentionSweep>().SweepAsync(Cancellation);

        (await madrid.CountAsync("message")).ShouldBe(0);
        (await madrid.Get<SeenMessages>().OpenAsync(sent.Message, Cancellation)).ShouldBeNull();
        (await madrid.Get<SeenMessages>().FindAsync(sent.Message, Cancellation)).ShouldNotBeNull();
        (await madrid.LedgerAsync("erase")).ShouldBe(["retention", "retention"]); // The message and the case.
    }

    [Fact]
    public async Task Rectification_that_names_the_person_stays_and_looks_sent()
    {
        var clock = new TestClock();
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite", clock);
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite", clock);
        await rabat.LinkAsync(madrid);
        await AskAsync(rabat, madrid, clock, Unknown, Outcome.Provided, TimeSpan.FromMinutes(5));
        await ShieldAsync(madrid, "MA");
        var answer = (await RowsAsync(madrid)).Single().AnswerId!; // Answered.
        var deadline = clock.GetUtcNow().AddDays(7);

        var begun = await madrid
            .Get<CorrectionDesk>()
            .BeginAsync(
                madrid.Officer,
                new CorrectionDraft(answer, "inaccurate", deadline, Text: $"Il s’agit d’{Shielded}"),
                Cancellation
            );

        (await madrid.HandOverAsync(rabat)).ShouldBe(0);
        var file = await madrid
            .Get<CorrectionBook>()
            .FileAsync(madrid.Officer, begun.ShouldBeOfType<SendResult.Sent>().Message, Cancellation);
        file!.Notices.Single().State.ShouldBe("delivered"); // It was just begun.
    }

    [Fact]
    public async Task Towards_another_state_the_same_answer_goes_as_it_is()
    {
        var clock = new TestClock();
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite", clock);
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite", clock);
        await rabat.LinkAsync(madrid);
        await ShieldAsync(madrid, "XX");

        await AskAsync(rabat, madrid, clock, Shielded, Outcome.Provided, TimeSpan.FromMinutes(5));

        (await madrid.Get<KeptDrafts>().HeldAsync(Cancellation)).ShouldBeEmpty();
        (await RowsAsync(rabat)).Single().Outcome.ShouldBe("provided");
    }

    private static IEnumerable<double> Draws(DateTimeOffset received, DateTimeOffset due, TimeSpan work) =>
        Enumerable
            .Range(0, 5000)
            .Select(_ => (ReleaseTimes.Draw(received, due, received + work) - received) / (due - received));

    private static RequestDraft About(RequestDraft draft, string name) =>
        draft with
        {
            Subjects = [new SubjectDraft(SubjectType.Person, name) { Category = "suspect" }],
        };

    private static async Task ShieldAsync(Bureau bureau, string from)
    {
        var guardian = bureau.Officer with { Roles = new HashSet<Role> { Role.Protection } };
        (await bureau.Get<ProtectionDesk>().PlaceAsync(guardian, Shielded, from, null, Cancellation)).ShouldBeNull();
    }

    private static Task<IReadOnlyList<RequestRow>> RowsAsync(Bureau bureau)
    {
        const string sql = $"SELECT {RequestRow.Columns} FROM request r ORDER BY r.id";
        return bureau.Database.ReadAsync(c => c.ListAsync<RequestRow>(sql, null, Cancellation), Cancellation);
    }

    /// <summary>One exchange, as the partner sees it.</summary>
    private static async Task<Told> AskAsync(
        Bureau rabat,
        Bureau madrid,
        TestClock clock,
        string name,
        Outcome outcome,
        TimeSpan work
    )
    {
        var asked = await ExchangeTests.SendAsync(rabat, About(Drafts.Request(), name));
        var (received, leaves) = (clock.GetUtcNow(), await LeavesAsync(madrid));
        var began = Stopwatch.GetTimestamp();
        await rabat.HandOverAsync(madrid);
        var arrival = Stopwatch.GetElapsedTime(began);
        clock.Advance(work);
        var draft = Drafts.Answer(asked.Message) with { Outcome = outcome };
        await ExchangeTests.AnswerAsync(madrid, draft);
        const string moment = "SELECT release_at FROM waiting_answer";
        var at = await madrid.Database.ReadAsync(
            c => c.OneAsync<DateTimeOffset?>(moment, null, Cancellation),
            Cancellation
        );
        began = Stopwatch.GetTimestamp();
        var messages = await madrid.HandOverAsync(rabat);
        var departure = Stopwatch.GetElapsedTime(began);
        const string last = "SELECT id FROM message WHERE direction = 'in' ORDER BY at DESC, id DESC LIMIT 1";
        var id = await rabat.Database.ReadAsync(c => c.OneAsync<string>(last, null, Cancellation), Cancellation);
        var answer = (await rabat.Get<MessageStore>().OpenAsync(id!, Cancellation))!.Message; // It has just come.
        return new Told(Form(answer), Members(answer), answer.ToLine().Length, messages)
        {
            Leaves = await LeavesAsync(madrid) - leaves,
            Delay = at is { } release ? (release - received).TotalMinutes : 0,
            Arrival = arrival.TotalMilliseconds,
            Departure = departure.TotalMilliseconds,
        };
    }

    private static Task<long> LeavesAsync(Bureau bureau) =>
        bureau.Database.ReadAsync(
            c => c.OneAsync<long>("SELECT COUNT(*) FROM ledger_leaf", null, Cancellation),
            Cancellation
        );

    /// <summary>The members in the order in which they stand on the wire.</summary>
    private static string Members(Message message)
    {
        using var line = JsonDocument.Parse(message.ToLine());
        return string.Join(' ', Names(line.RootElement));

        static IEnumerable<string> Names(JsonElement element) =>
            element.ValueKind != JsonValueKind.Object
                ? []
                : element.EnumerateObject().SelectMany(member => Names(member.Value).Prepend(member.Name));
    }

    /// <summary>The message as it stands on the wire, but for what every message has of its own.</summary>
    private static string Form(Message message)
    {
        var bare = message with
        {
            Id = Guid.Empty,
            Case = Guid.Empty,
            ReplyTo = Guid.Empty,
            Sent = DateTimeOffset.UnixEpoch,
        };
        return System.Text.Encoding.UTF8.GetString(bare.ToLine());
    }

    /// <summary>One exchange as the partner can measure it.</summary>
    /// <param name="Size">Bytes of the answer's line.</param>
    /// <param name="Messages">How many came with it.</param>
    private sealed record Told(string Form, string Members, int Size, int Messages)
    {
        /// <summary>By how much our ledger has grown.</summary>
        public long Leaves { get; init; }

        /// <summary>Minutes from the request's receipt to the answer.</summary>
        public double Delay { get; init; }

        /// <summary>Milliseconds in which the request was taken.</summary>
        public double Arrival { get; init; }

        /// <summary>Milliseconds in which the answer went, once its moment had come.</summary>
        public double Departure { get; init; }
    }
}
