using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;
using Entente.Protocol;

namespace Entente.Node.Tests.Delivery;

/// <summary>A partner that sends nothing but what is refused: it is told each time, and does not write our ledger.</summary>
public sealed class RefusalFloodTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Refusals_past_a_days_bound_are_all_told_and_share_one_leaf(string engine)
    {
        await using var partner = await HandMadePartner.LinkedAsync(engine);
        var receipts = await FloodAsync(partner, _ => "{\"v\":1,"u8.ToArray());

        receipts.ShouldAllBe(entry => entry.Status == ReceiptStatus.Rejected);
        receipts.Count(entry => entry.Leaf is not null).ShouldBe(RefusalDays.Most);
        (await LeavesAsync(partner)).ShouldBe(RefusalDays.Most);
        var alarms = await partner.Madrid.Services.GetRequiredService<Alarms>().ListAsync(Cancellation);
        alarms.Count(alarm => alarm.Kind == AlarmKind.Refusals.Code).ShouldBe(1);

        await RunAsync(partner, "UPDATE refusal_day SET day = '2026-01-01'");
        var days = partner.Madrid.Services.GetRequiredService<RefusalDays>();
        (await days.AccountAsync(Cancellation)).ShouldBe(1);
        (await days.AccountAsync(Cancellation)).ShouldBe(0);
        (await ProblemsAsync(partner)).ShouldBeEmpty();
        await RunAsync(partner, "UPDATE refusal_day SET refused = refused - 1");
        (await ProblemsAsync(partner)).ShouldNotBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_the_guard_refuses_past_a_days_bound_leaves_neither_row_nor_leaf(string engine)
    {
        await using var partner = await HandMadePartner.LinkedAsync(engine);
        var secret = new Classification("ma-1", "2020", 4, "TRÈS SECRET");
        await FloodAsync(partner, seq => (TestMessages.Request() with { Classification = secret, Seq = seq }).ToLine());

        const string sql = "SELECT COUNT(*) FROM decision WHERE partner = 'ma.interieur'";
        (await CountAsync(partner, sql)).ShouldBeInRange(1, RefusalDays.Most + Envelope.MaxMessages);
    }

    [Fact]
    public async Task Envelopes_refused_whole_have_no_more_leaves_than_a_day()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        await RunAsync(
            partner,
            $"INSERT INTO refusal_day (partner, day, refused) SELECT 'ma.interieur', strftime('%Y-%m-%d', 'now'), {RefusalDays.Most - 2}"
        );
        var before = await LeavesAsync(partner);
        for (var i = 0; i < 5; i++)
        {
            using var answer = await partner.PostAsync([1, 2, (byte)i]);
            (await HandMadePartner.ReasonAsync(answer)).ShouldBe("bad-envelope");
        }

        (await LeavesAsync(partner)).ShouldBe(before + 2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Alarms_of_one_kind_and_partner_have_an_end_until_some_are_closed(string engine)
    {
        await using var partner = await HandMadePartner.LinkedAsync(engine);
        Message[] known = [.. Enumerable.Range(0, 40).Select(_ => TestMessages.Request())];
        var first = partner.Seal(1, Hash.Zero, known);
        await partner.ReceiptAsync(first);

        var again = partner.Seal(41, first.Sha256, [.. known.Select(m => m with { Subject = "Autre" })]);
        var receipt = await partner.ReceiptAsync(again);

        receipt.Entries.ShouldAllBe(entry => entry.Reason == Reason.Fork);
        var alarms = await partner.Madrid.Services.GetRequiredService<Alarms>().ListAsync(Cancellation);
        alarms.Count(alarm => alarm.Kind == AlarmKind.MessageFork.Code).ShouldBe(20);
    }

    /// <summary>Five envelopes of 256 such lines.</summary>
    private static async Task<IReadOnlyList<ReceiptEntry>> FloodAsync(HandMadePartner partner, Func<long, byte[]> line)
    {
        var entries = new List<ReceiptEntry>();
        var prev = Hash.Zero;
        for (var i = 0; i < 5; i++)
        {
            var first = 1 + (i * Envelope.MaxMessages);
            var lines = Enumerable.Range(first, Envelope.MaxMessages).Select(seq => line(seq)).ToArray();
            var envelope = partner.SealLines(first, prev, lines);
            entries.AddRange((await partner.ReceiptAsync(envelope)).Entries);
            prev = envelope.Sha256;
        }

        return entries;
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(HandMadePartner partner)
    {
        var (report, _) = await NodeVerification.RunAsync(partner.Madrid.Home, _ => Advance.None, Cancellation);
        return [.. report.Problems.Select(problem => problem.ToString()!)]; // A record.
    }

    private static Task<long> LeavesAsync(HandMadePartner partner) =>
        CountAsync(partner, "SELECT COUNT(*) FROM ledger_leaf WHERE actor = 'ma.interieur' AND action = 'receive'");

    private static Task<long> CountAsync(HandMadePartner partner, string sql) =>
        partner.Madrid.Database.ReadAsync(c => c.OneAsync<long>(sql, null, Cancellation), Cancellation);

    private static Task RunAsync(HandMadePartner partner, string sql) =>
        partner.Madrid.Database.WriteAsync(t => t.RunAsync(sql, null, Cancellation), Cancellation);
}
