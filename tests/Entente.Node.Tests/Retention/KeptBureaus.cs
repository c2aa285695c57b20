using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Retention;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Retention;

/// <summary>Rabat and Madrid with a clock that the test turns; Rabat's retention is what is looked at.</summary>
internal sealed class KeptBureaus(Bureau rabat, Bureau madrid, TestClock clock) : IAsyncDisposable
{
    public Bureau Rabat => rabat;

    public TestClock Clock => clock;

    public Officer Protection { get; } = People.Of("protection", Role.Protection) with { Clearance = 1 };

    public Officer Supervisor { get; } = People.Of("supervisor", Role.Supervisor) with { Clearance = 1 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<KeptBureaus> OpenAsync(string engine)
    {
        var clock = new TestClock();
        var rabat = await Bureau.OpenAsync("ma.interieur", engine, clock);
        var madrid = await Bureau.OpenAsync("es.interior", engine, clock);
        await rabat.LinkAsync(madrid);
        return new KeptBureaus(rabat, madrid, clock);
    }

    /// <summary>A request about a person whose category nobody said, delivered to Madrid.</summary>
    public async Task<(string Case, string Message)> AskAsync(string name = "Personne INVENTÉE")
    {
        var draft = Drafts.Request() with
        {
            Urgency = "other",
            UrgencyGround = null,
            UrgencyReason = null,
            Subjects =
            [
                new SubjectDraft(SubjectType.Person, name, "née le 1er janvier 1900") { Category = "undetermined" },
            ],
        };
        var sent = await rabat.Get<RequestDesk>().SendAsync(rabat.Officer, draft, Cancellation);
        var (message, caseId) = sent.ShouldBeOfType<SendResult.Sent>();
        await rabat.HandOverAsync(madrid);
        return (caseId, message);
    }

    public Task AnswerAsync(string message) => AnswerAsync(Drafts.Answer(message));

    public async Task AnswerAsync(AnswerDraft draft)
    {
        var sent = await madrid.Get<AnswerDesk>().AnswerAsync(madrid.Officer, draft, Cancellation);
        sent.ShouldBeOfType<SendResult.Sent>();
        await madrid.HandOverAsync(rabat);
    }

    /// <summary>A whole exchange, ended.</summary>
    public async Task<(string Case, string Message)> ExchangeAsync()
    {
        var asked = await AskAsync();
        await AnswerAsync(asked.Message);
        return asked;
    }

    public async Task NoteAsync(string caseId) =>
        (
            await rabat.Get<CaseDesk>().NoteAsync(rabat.Officer, caseId, "Une note inventée", Cancellation)
        ).ShouldBeTrue();

    public Task<int> SweepAsync() => rabat.Get<RetentionSweep>().SweepAsync(Cancellation);

    public async Task<KeptCase> KeptAsync(string caseId) =>
        (await rabat.Get<RetentionBook>().FindAsync(caseId, Cancellation))!; // A test that asks expects it.

    public async Task<bool> IsReadableAsync(string message) =>
        await rabat.Get<MessageStore>().OpenAsync(message, Cancellation) is not null;

    public async Task<IReadOnlyList<string>> ListAsync(string show) =>
        [
            .. (
                await rabat.Get<RetentionBook>().ListAsync(new RetentionFilter(show, null, null), null, Cancellation)
            ).Cases.Select(kept => kept.CaseId),
        ];

    public Task<RetentionError?> ExtendAsync(string caseId, int months) =>
        rabat.Get<Extensions>().AskAsync(Protection, caseId, months, "Procédure inventée en cours", Cancellation);

    public async Task<ApprovalError?> DecideAsync(string caseId, Officer officer, bool grant = true)
    {
        var extensions = await rabat.Get<Extensions>().OfAsync(caseId, Cancellation);
        return await rabat.Get<ApprovalDesk>().DecideAsync(officer, extensions[0].Id, grant, "Vérifié", Cancellation);
    }

    public Task<int> ConfirmAsync(params string[] cases) =>
        rabat.Get<RetentionDesk>().ConfirmAsync(Protection, cases, Cancellation);

    public Task<int> EndAsync(params string[] cases) =>
        rabat.Get<RetentionDesk>().EndAsync(Protection, cases, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await rabat.DisposeAsync();
        await madrid.DisposeAsync();
    }
}
