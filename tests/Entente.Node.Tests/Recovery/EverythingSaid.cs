using Entente.Node.Features.Accounts;
using Entente.Node.Features.Breach;
using Entente.Node.Features.Commitments;
using Entente.Node.Features.Corrections;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Meetings;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.JointTexts;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Recovery;

/// <summary>Officers of two nodes who say to each other, both ways, one of everything that nodes can say.</summary>
internal sealed class EverythingSaid(TestPair pair) : IAsyncDisposable
{
    private static readonly Officer Officer = new(
        "u-officer",
        "officier",
        "Officier",
        "liaison",
        new HashSet<Role> { Role.Officer, Role.Supervisor, Role.Desk, Role.Protection },
        Clearance: 2
    );

    private readonly TwoDesks _desks = new(pair);

    public static LinkSettings Settings { get; } =
        TestLinks.Settings with
        {
            Kinds = new HashSet<string>
            {
                Kinds.Request,
                Kinds.Answer,
                Kinds.Information,
                Kinds.Alert,
                Kinds.Progress,
                Kinds.Proposal,
                Kinds.Adoption,
                Kinds.Permission,
                Kinds.Correction,
            },
            ProfileId = "eu-2023-977",
            ProfileVersion = "2023-06-11",
        };

    public TestPair Pair => pair;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What stands on both nodes before anything is said: a unit each, and an agreement with the other.</summary>
    public async Task PrepareAsync()
    {
        foreach (var (node, other) in Ways())
        {
            foreach (var slug in (string[])["liaison", "cooperation"])
            {
                var unit = new Unit
                {
                    Slug = slug,
                    Names = new Dictionary<string, string> { ["fr"] = slug },
                };
                var units = node.Services.GetRequiredService<UnitBook>();
                await node.Database.WriteAsync(
                    t => units.SaveAsync(t, unit, Officer.NodeActor, Cancellation),
                    Cancellation
                );
            }

            await Bureau.RecordAsync(node.Database, other.Id[..2].ToUpperInvariant());
        }
    }

    public async Task SayAsync()
    {
        var instrument = await _desks.SignedAsync();
        var promised = (await _desks.InstrumentAsync(pair.Rabat, instrument)).Commitments[0].Id;
        await _desks.InstrumentAsync(pair.Madrid, instrument);
        foreach (var (from, to) in Ways())
        {
            await WarnAsync(from, to);
            await AskAndAnswerAsync(from, to, promised);
            await InformAndRecallAsync(from, to);
            await ReportAsync(from, promised);
            await MeetAsync(from, to);
        }

        // Last: levels are equivalent here by a table that does not bear being turned round.
        foreach (var (from, to) in Ways())
        {
            await AgreeTermsAsync(from, to);
        }
    }

    /// <summary>Nothing is under way any more, and every text is as its turns say.</summary>
    public async Task SettledAsync()
    {
        foreach (var (node, _) in Ways())
        {
            await TestNode.WaitUntilAsync(async () => await UnderWayAsync(node) == 0);
        }
    }

    public ValueTask DisposeAsync() => _desks.DisposeAsync();

    private (TestNode From, TestNode To)[] Ways() => [(pair.Rabat, pair.Madrid), (pair.Madrid, pair.Rabat)];

    private static async Task WarnAsync(TestNode from, TestNode to)
    {
        var draft = Drafts.Alert(to.Id) with { Safeguards = Drafts.Transfer };
        var warned = Sent(await Of<RequestDesk>(from).SendAsync(Officer, draft, Cancellation));
        await ArrivedAsync(to, warned.Message);
        (await Of<CaseDesk>(to).TakeAsync(Officer, warned.Message, Cancellation)).ShouldBeTrue();
    }

    private static async Task AskAndAnswerAsync(TestNode from, TestNode to, string promised)
    {
        var draft = Drafts.Request(to.Id) with { Commitments = [promised], Safeguards = Drafts.Transfer };
        var asked = Sent(await Of<RequestDesk>(from).SendAsync(Officer, draft, Cancellation));
        await ArrivedAsync(to, asked.Message);
        await Of<CaseDesk>(to).OpenAsync(Officer, asked.Case, Cancellation);
        (await Of<CaseDesk>(to).TakeAsync(Officer, asked.Message, Cancellation)).ShouldBeTrue();
        var answer = Drafts.Answer(asked.Message);
        await ArrivedAsync(from, Sent(await Of<AnswerDesk>(to).AnswerAsync(Officer, answer, Cancellation)).Message);
    }

    /// <summary>An information, leave to pass it on, a breach that concerns it, its recall and its erasure.</summary>
    private async Task InformAndRecallAsync(TestNode from, TestNode to)
    {
        var draft = Drafts.Request(to.Id) with
        {
            Kind = Kinds.Information,
            Text = "Texte erroné et inventé",
            Reliability = "B",
            Accuracy = "2",
            Handling = [],
            Attachments = [],
            Safeguards = Drafts.Transfer,
        };
        var given = Sent(await Of<RequestDesk>(from).SendAsync(Officer, draft, Cancellation));
        await ArrivedAsync(to, given.Message);
        var asked = Sent(
            await Of<PermissionDesk>(to).AskAsync(Officer, given.Message, "de.bmi", "Dossier commun", Cancellation)
        );
        await ArrivedAsync(from, asked.Message);
        await Of<PermissionDesk>(from).DecideAsync(Officer, asked.Message, true, null, Cancellation);
        // Under the directive a notice to a third country takes an officer's own words: this one has none.
        await (from == pair.Rabat ? TellBreachAsync(from, given.Message) : Task.CompletedTask);
        var wrong = new CorrectionDraft(given.Message, "inaccurate", from.Clock.GetUtcNow().AddDays(8));
        Sent(await Of<CorrectionDesk>(from).BeginAsync(Officer, wrong, Cancellation));
        CorrectionRow? told = null;
        await TestNode.WaitUntilAsync(async () =>
            (told = (await Of<CorrectionBook>(to).WaitingAsync(Officer, Cancellation)).SingleOrDefault()) is not null
        );
        // What Madrid erases it cannot give back.
        var choice =
            to == pair.Rabat
                ? new CorrectionChoice(told!.Id, CorrectionActions.Erased) // Waited for.
                : new CorrectionChoice(told!.Id, CorrectionActions.Refused, "evidence", "Pièce d’un dossier inventé");
        await ArrivedAsync(
            from,
            Sent(await Of<CorrectionChoices>(to).DecideAsync(Officer, choice, Cancellation)).Message
        );
    }

    private static async Task TellBreachAsync(TestNode from, string concerned)
    {
        var facts = new BreachFacts { What = "Un poste inventé a été perdu" };
        var desk = Of<BreachDesk>(from);
        var noticed = from.Clock.GetUtcNow();
        var (id, _) = await desk.RecordAsync(Officer, noticed, ["confidentiality"], facts, Cancellation);
        (await desk.AssessAsync(Officer, id!, "high", [concerned], facts, Cancellation)).ShouldBeNull();
        (await Of<BreachNotices>(from).SendAsync(Officer, id!, "fr", words: true, Cancellation)).ShouldBeNull();
    }

    private static async Task ReportAsync(TestNode from, string promised)
    {
        var said = (from.Id.StartsWith("ma", StringComparison.Ordinal) ? "done" : "under-way", 45, "Constat");
        (await Of<ReportDesk>(from).ReportAsync(Officer, promised, said, Cancellation)).ShouldBeNull();
    }

    private static async Task AgreeTermsAsync(TestNode from, TestNode to)
    {
        var before = (await Of<LinkDirectory>(from).FindAsync(to.Id, Cancellation))!.Settings; // Linked.
        var wanted = before with { CeilingRank = before.CeilingRank + 1 };
        (await Of<TermsDesk>(from).ProposeAsync(Officer, to.Id, wanted, Cancellation)).ShouldBeNull();
        OpenTerms? open = null;
        await TestNode.WaitUntilAsync(async () =>
            (open = (await Of<TermsRows>(to).OpenAsync(from.Id, Cancellation)).SingleOrDefault()) is not null
        );
        (await Of<TermsDesk>(to).AdoptAsync(Officer, from.Id, open!.Id, Cancellation)).ShouldBeNull(); // Waited for.
        await TestNode.WaitUntilAsync(async () =>
            (await Of<LinkDirectory>(from).FindAsync(to.Id, Cancellation))!.Settings.Version > before.Version
        );
    }

    private async Task MeetAsync(TestNode from, TestNode to)
    {
        var plan = new MeetingPlan
        {
            Date = "2027-03-04",
            Place = from.Id,
            Sessions = ["plenary"],
        };
        var (id, refusal) = await Of<MeetingDesk>(from).ProposeAsync(Officer, to.Id, plan, 0, Cancellation);
        refusal.ShouldBeNull();
        await _desks.SettledAsync(id!, meeting => meeting.Title is not null);
        var promise = new Promise("training", "terrorism", "2027-12-31", "people-trained", 20);
        (
            await Of<MeetingDesk>(from).PointAsync(Officer, id!, "Former vingt agents.", promise, Cancellation)
        ).ShouldBeNull();
        await _desks.SettledAsync(id!, meeting => meeting.Clauses.Count == 1);
        (await Of<MeetingDesk>(to).AcceptAsync(Officer, id!, null, Cancellation)).ShouldBeNull();
        await _desks.SettledAsync(id!, meeting => meeting.Clauses[0].Settled);
    }

    private static Task ArrivedAsync(TestNode node, string message) =>
        TestNode.WaitUntilAsync(async () => await node.Messages.FindAsync(message, Cancellation) is not null);

    private static Task<long> UnderWayAsync(TestNode node)
    {
        const string sql = """
            SELECT (SELECT COUNT(*) FROM message WHERE state IN ('queued', 'sealed'))
              + (SELECT COUNT(*) FROM joint_text WHERE stale) + (SELECT COUNT(*) FROM recovery WHERE state = 'asking')
            """;
        return node.Database.ReadAsync(c => c.OneAsync<long>(sql, null, Cancellation), Cancellation);
    }

    private static SendResult.Sent Sent(SendResult result) => result.ShouldBeOfType<SendResult.Sent>();

    private static T Of<T>(TestNode node)
        where T : notnull => node.Services.GetRequiredService<T>();
}
