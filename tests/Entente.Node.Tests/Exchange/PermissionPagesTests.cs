using Entente.Node.Commands.Demo;
using Entente.Node.Tests.Support;
using static Entente.Node.Tests.Exchange.Offices;

namespace Entente.Node.Tests.Exchange;

/// <summary>Two whole nodes on loopback: what one may do with the other's information, asked and answered through pages.</summary>
public sealed class PermissionPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Permission_is_refused_with_its_reason_asked_again_granted_and_taken_back_through_the_pages()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var (asking, giving) = offices;
        var caseId = await AnsweredAsync(asking, giving);

        await AskAsync(asking, caseId, "Diffusion à l’unité inventée");
        await DecideAsync(giving, caseId, grant: false, "Source inventée à protéger");
        await UntilAsync(asking, $"/cases/{caseId}", "Refusée");
        await UntilAsync(asking, $"/cases/{caseId}", "Source inventée à protéger");

        await AskAsync(asking, caseId, "La source n’apparaîtra pas");
        await DecideAsync(giving, caseId, grant: true, "");
        await UntilAsync(asking, $"/cases/{caseId}", "Accordée");

        await UntilAsync(giving, $"/cases/{caseId}", "Retirer l’autorisation");
        await SubmitAsync(giving, caseId, "form[action$='/revoke']", [new("reason", "Procédure inventée close")]);
        await UntilAsync(asking, $"/cases/{caseId}", "Retirée");
        (await asking.GetAsync($"/cases/{caseId}", Cancellation)).Text.ShouldContain("Procédure inventée close");
    }

    /// <summary>A request, and an answer under H2 to it.</summary>
    private static async Task<string> AnsweredAsync(BrowserlessClient asking, BrowserlessClient giving)
    {
        var caseId = await Offices.AskAsync(asking);
        await UntilAsync(giving, "/inbox", "Essai de bout en bout");
        await AnswerAsync(giving, caseId);
        await UntilAsync(asking, $"/cases/{caseId}", "À une société inventée");
        return caseId;
    }

    private static async Task AskAsync(BrowserlessClient asking, string caseId, string reason)
    {
        var page = await SubmitAsync(
            asking,
            caseId,
            "form[action$='/permissions']",
            [new("to", "dissemination"), new("reason", reason)]
        );
        page.Text.ShouldContain("Demandée");
    }

    private static async Task DecideAsync(BrowserlessClient giving, string caseId, bool grant, string reason)
    {
        await UntilAsync(giving, $"/cases/{caseId}", "Autoriser");
        var value = grant ? "true" : "false";
        var page = await giving.GetAsync($"/cases/{caseId}", Cancellation);
        var form = page
            .Document.QuerySelectorAll("form[action*='/permissions/']")
            .First(f => f.QuerySelector($"input[name=grant][value={value}]") is not null);
        await giving.SubmitAsync(
            page,
            form.GetAttribute("action")!, // Found by it.
            [new("grant", value), new("reason", reason)],
            Cancellation
        );
    }

    private static async Task<BrowserlessPage> SubmitAsync(
        BrowserlessClient officer,
        string caseId,
        string form,
        IReadOnlyList<KeyValuePair<string, string>> fields
    )
    {
        var page = await officer.GetAsync($"/cases/{caseId}", Cancellation);
        var found = page.Document.QuerySelector(form).ShouldNotBeNull(page.Text);
        return await officer.SubmitAsync(page, found.GetAttribute("action")!, fields, Cancellation); // Found by it.
    }
}
