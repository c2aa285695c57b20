using System.Globalization;
using System.Net;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Breach;
using Entente.Node.Tests.Support;
using Entente.Node.Web;

namespace Entente.Node.Tests.Breach;

public sealed class BreachPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Protection_officer_goes_through_the_steps_on_the_page()
    {
        await using var node = await RunningNode.StartAsync();
        using var protection = await node.SignedInAsync("protection", Role.Protection);
        var noticed = node.Clock.GetLocalNow().AddHours(-80).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

        var form = await protection.GetAsync("/breaches/new", Cancellation);
        var one = await protection.SubmitAsync(
            form,
            "/breaches/record",
            [new("noticed", noticed), new("nature", "availability"), new("what", "Perte inventée")],
            Cancellation
        );
        one.Text.ShouldContain("La violation est enregistrée");
        var path = one.Url.AbsolutePath;
        one = await protection.SubmitAsync(one, $"{path}/assess", [new("risk", "risk")], Cancellation);
        var refused = await protection.SubmitAsync(one, $"{path}/notified", [new("late", "")], Cancellation);
        refused.Text.ShouldContain("indiquez les motifs du retard");
        one = await protection.SubmitAsync(refused, $"{path}/notified", [new("late", "Motif inventé")], Cancellation);
        one.Text.ShouldContain("La notification est consignée");
        one = await protection.SubmitAsync(one, $"{path}/close", [], Cancellation);
        one.Text.ShouldContain("La violation est close");
        (await protection.Http.GetByteArrayAsync($"{path}/word", Cancellation)).Length.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Case_is_named_by_its_number_or_by_a_link_to_it() =>
        BreachDoors
            .Numbers("http://localhost:8801/cases/01a204a0-2357-76b9-a580-939e4a6d0419?said=sent\r\nnumber-2")
            .ShouldBe([
                "http:",
                "localhost:8801",
                "cases",
                "01a204a0-2357-76b9-a580-939e4a6d0419",
                "said=sent",
                "number-2",
            ]);

    [Fact]
    public async Task Pages_open_in_every_language_and_only_to_those_who_answer_for_it()
    {
        await using var node = await RunningNode.StartAsync();
        using var security = await node.SignedInAsync("securite", Role.Security);
        using var officer = await node.SignedInAsync("officier", Role.Officer);

        foreach (var language in LabelBook.Languages)
        {
            foreach (var path in (string[])["/breaches", "/breaches/new"])
            {
                var page = await security.GetAsync($"{path}?lang={language}", Cancellation);
                page.Status.ShouldBe(HttpStatusCode.OK);
                page.Text.ShouldNotContain("[breach.");
            }
        }

        (await officer.GetAsync("/breaches", Cancellation)).Status.ShouldNotBe(HttpStatusCode.OK);
    }
}
