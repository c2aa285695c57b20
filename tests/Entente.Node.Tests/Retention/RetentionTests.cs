using Entente.Node.Features.Approvals;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Retention;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Retention;

public sealed class RetentionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Case_is_reviewed_after_six_months_and_erased_when_its_period_ends(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (caseId, message) = await both.ExchangeAsync();
        var ended = both.Clock.GetUtcNow();
        await both.NoteAsync(caseId);
        await both.SweepAsync();

        var kept = await both.KeptAsync(caseId);
        (kept.Categories, kept.ReviewAt, kept.EraseAt).ShouldBe(("other", ended.AddMonths(6), ended.AddMonths(12)));
        (await both.ListAsync("due")).ShouldBeEmpty();

        both.Clock.Advance(ended.AddMonths(6) - both.Clock.GetUtcNow());
        (await both.ListAsync("due")).ShouldBe([caseId]);
        both.Clock.Advance(ended.AddMonths(12) - both.Clock.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        (await both.SweepAsync()).ShouldBe(0);
        (await both.ListAsync("soon")).ShouldBe([caseId]);
        (await both.IsReadableAsync(message)).ShouldBeTrue();

        both.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await both.SweepAsync()).ShouldBe(1);

        (await both.IsReadableAsync(message)).ShouldBeFalse();
        (await both.KeptAsync(caseId)).State.ShouldBe(KeptCase.Erased);
        (await both.ListAsync("erased")).ShouldBe([caseId]);
        (await both.Rabat.Get<CaseBook>().NotesAsync(caseId, Cancellation)).ShouldBeEmpty();
        (await both.Rabat.LedgerAsync("erase")).ShouldBe(["retention", "retention", "retention"]); // Question, answer, case.
        (await both.SweepAsync()).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Open_exchange_is_reviewed_but_never_erased(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (caseId, message) = await both.AskAsync();
        both.Clock.Advance(TimeSpan.FromDays(4000));
        await both.SweepAsync();

        (await both.KeptAsync(caseId)).EraseAt.ShouldBeNull();
        (await both.ListAsync("due")).ShouldBe([caseId]);
        (await both.EndAsync(caseId)).ShouldBe(0);
        (await both.IsReadableAsync(message)).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Activity_moves_the_end_and_a_review_does_not(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (caseId, _) = await both.ExchangeAsync();
        both.Clock.Advance(TimeSpan.FromDays(100));
        await both.NoteAsync(caseId);
        await both.SweepAsync();
        var end = both.Clock.GetUtcNow().AddMonths(12);
        (await both.KeptAsync(caseId)).EraseAt.ShouldBe(end);

        both.Clock.Advance(TimeSpan.FromDays(190));
        (await both.ListAsync("due")).ShouldBe([caseId]);
        (await both.ConfirmAsync(caseId)).ShouldBe(1);

        (await both.ListAsync("due")).ShouldBeEmpty();
        (await both.KeptAsync(caseId)).EraseAt.ShouldBe(end);
        (await both.KeptAsync(caseId)).ReviewAt.ShouldBe(end); // The next review would come after it.
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Extension_needs_a_reason_and_somebody_else_and_then_holds(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (caseId, message) = await both.ExchangeAsync();
        await both.SweepAsync();
        var end = (await both.KeptAsync(caseId)).EraseAt!.Value;
        var extensions = both.Rabat.Get<Extensions>();

        (
            await extensions.AskAsync(both.Protection, caseId, 6, "court", Cancellation)
        ).ShouldBeOfType<RetentionError.ReasonMissing>();
        (await both.ExtendAsync(caseId, 99)).ShouldBeOfType<RetentionError.MonthsOutOfRange>();
        (await both.ExtendAsync(caseId, 6)).ShouldBeNull();
        (await both.ExtendAsync(caseId, 6)).ShouldBeOfType<RetentionError.AskedAlready>();
        (await both.DecideAsync(caseId, both.Protection)).ShouldBeOfType<NotTheirsToDecide>();
        (await both.DecideAsync(caseId, both.Supervisor)).ShouldBeNull();
        (await both.DecideAsync(caseId, both.Supervisor)).ShouldBeOfType<ApprovalSettled>();

        both.Clock.Advance(end.AddDays(1) - both.Clock.GetUtcNow());
        (await both.SweepAsync()).ShouldBe(0);
        (await both.IsReadableAsync(message)).ShouldBeTrue();
        both.Clock.Advance(end.AddMonths(6) - both.Clock.GetUtcNow());
        (await both.SweepAsync()).ShouldBe(1);
        (await both.IsReadableAsync(message)).ShouldBeFalse();
        (await extensions.OfAsync(caseId, Cancellation))[0].Reason.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Case_that_a_review_finds_no_longer_needed_goes_at_the_next_round(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (first, message) = await both.ExchangeAsync();
        var (second, other) = await both.ExchangeAsync();
        await both.SweepAsync();

        (await both.EndAsync(first)).ShouldBe(1);
        (await both.SweepAsync()).ShouldBe(1);

        (await both.IsReadableAsync(message)).ShouldBeFalse();
        (await both.IsReadableAsync(other)).ShouldBeTrue();
        (await both.KeptAsync(second)).State.ShouldBe(KeptCase.Held);
        (await both.Rabat.LedgerAsync("decide")).ShouldContain("retention-ended");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Queue_is_paged_by_key_and_filtered(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        for (var i = 0; i < RetentionBook.PageSize + 3; i++)
        {
            await both.ExchangeAsync();
            both.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await both.SweepAsync();
        var book = both.Rabat.Get<RetentionBook>();
        var held = new RetentionFilter(RetentionFilter.Held, "es.interior", "other");
        var first = await book.ListAsync(held, null, Cancellation);
        var second = await book.ListAsync(held, first.Next, Cancellation);

        first.Cases.Count.ShouldBe(RetentionBook.PageSize);
        second.Cases.Count.ShouldBe(3);
        second.Next.ShouldBeNull();
        first.Cases.Concat(second.Cases).Select(kept => kept.CaseId).ShouldBeUnique();
        (await book.ListAsync(held with { Category = "victim" }, null, Cancellation)).Cases.ShouldBeEmpty();
        (await book.ListAsync(held with { Partner = "fi.sm" }, null, Cancellation)).Cases.ShouldBeEmpty();
    }
}
