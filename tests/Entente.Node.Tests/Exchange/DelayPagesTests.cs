using System.Globalization;
using Entente.Node.Commands.Demo;
using Entente.Node.Tests.Support;
using static Entente.Node.Tests.Exchange.Offices;

namespace Entente.Node.Tests.Exchange;

/// <summary>
/// Two whole nodes on loopback: a judge to be asked, an answer in parts, other channels and the same question twice, through
/// pages.
/// </summary>
public sealed class DelayPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Judge_s_delay_and_its_reason_are_told_and_the_answer_comes_in_parts()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var (asking, answering) = offices;
        var caseId = await AskAsync(asking);
        await UntilAsync(answering, "/inbox", "Essai de bout en bout");
        // Counted from the very second that the receiver signed.
        (await DueAsync(asking, caseId)).ShouldBe(await DueAsync(answering, caseId));

        var expected = TimeProvider.System.GetLocalNow().AddDays(3);
        await StepAsync(
            answering,
            caseId,
            "await",
            [
                new("text", "Réquisition inventée au juge"),
                new("expected", expected.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)),
            ]
        );
        await UntilAsync(asking, $"/cases/{caseId}", "Réquisition inventée au juge");
        await UntilAsync(asking, $"/cases/{caseId}", "Délai suspendu");
        await StepAsync(answering, caseId, "authorised", [new("granted", "true")]);
        await UntilAsync(asking, $"/cases/{caseId}", "Le délai reprend");

        await AnswerAsync(
            answering,
            caseId,
            [.. Provided.Where(f => f.Key != "outcome"), new("outcome", "partial"), new("more", "1")]
        );
        await UntilAsync(asking, $"/cases/{caseId}", "À une société inventée");
        (await answering.GetAsync($"/cases/{caseId}/answer", Cancellation)).Status.ShouldBe(
            System.Net.HttpStatusCode.OK
        );
        await AnswerAsync(answering, caseId);
        await UntilAsync(asking, $"/cases/{caseId}", "Information fournie");
    }

    [Fact]
    public async Task Same_question_by_another_channel_is_offered_as_a_duplicate_where_it_arrives()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var (asking, answering) = offices;

        var first = await AskAsync(asking);
        var second = await AskAsync(
            asking,
            [.. Fields("send"), new("channel", "i-24-7"), new("channel-reference", "I-0042 inventé")]
        );
        await UntilAsync(answering, $"/cases/{second}", "I-0042 inventé");
        await UntilAsync(answering, $"/cases/{second}", "Demandes semblables");

        var page = await answering.GetAsync($"/cases/{second}", Cancellation);
        var twins = page.Document.QuerySelector("a[href*='/twins/']")!.GetAttribute("href")!; // Waited for.
        var side = await answering.GetAsync(twins, Cancellation);
        side.Text.ShouldContain("TEST-0042");
        await answering.SubmitAsync(side, "twins", [new("same", "true")], Cancellation);
        (await answering.GetAsync($"/cases/{first}", Cancellation))
            .Document.QuerySelector("a[href*='/twins/']")
            .ShouldNotBeNull();
    }

    private static async Task StepAsync(
        BrowserlessClient officer,
        string caseId,
        string step,
        IReadOnlyList<KeyValuePair<string, string>> fields
    )
    {
        var page = await officer.GetAsync($"/cases/{caseId}", Cancellation);
        var href = page
            .Document.QuerySelector($"a[href*='step={step}']")
            .ShouldNotBeNull(page.Text)
            .GetAttribute("href")!; // A link has one.
        var form = await officer.GetAsync(href, Cancellation);
        var sent = await officer.SubmitAsync(form, "clock", fields, Cancellation);
        sent.Url.AbsolutePath.ShouldBe($"/cases/{caseId}", sent.Text);
    }

    /// <summary>The end of the limit as the page counts down to it.</summary>
    private static async Task<string> DueAsync(BrowserlessClient officer, string caseId)
    {
        string? due = null;
        await TestNode.WaitUntilAsync(async () =>
        {
            var page = await officer.GetAsync($"/cases/{caseId}", Cancellation);
            due = page.Document.QuerySelector("time.countdown")?.GetAttribute("datetime");
            return due is not null;
        });
        return due!; // Waited for.
    }
}
