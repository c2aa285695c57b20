using Entente.Node.Features.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Exchange;

public sealed class ConsultationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Opening_that_was_broken_off_before_its_leaf_leaves_one_when_it_is_asked_again(string engine)
    {
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        var consultations = madrid.Get<RecentConsultations>();
        const string @case = "0197e000-0000-7000-8000-000000000001";
        using var hungUp = new CancellationTokenSource();
        await hungUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() =>
            consultations.NoteAsync(madrid.Officer, @case, "ma.interieur", "casework", hungUp.Token)
        );

        await consultations.NoteAsync(madrid.Officer, @case, "ma.interieur", "casework", Cancellation);
        await consultations.NoteAsync(madrid.Officer, @case, "ma.interieur", "casework", Cancellation);

        (await madrid.LedgerAsync("consult")).ShouldBe(["casework"]);
    }
}
