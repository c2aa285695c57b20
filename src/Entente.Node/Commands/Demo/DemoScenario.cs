namespace Entente.Node.Commands.Demo;

/// <summary>
/// The main job played through the nodes' own doors, as people would do it in a browser: read a communiqué, ask Madrid,
/// be answered, and be refused where the law or the link says no.
/// </summary>
internal sealed class DemoScenario(DemoState state, Action<string> tell)
{
    private const string Rabat = "ma.interieur";
    private const string Madrid = "es.interior";
    private const string Berlin = "de.bmi";

    /// <returns>How many disclosures the guard refused, each of them rightly.</returns>
    /// <exception cref="ScenarioBroken">A step did not hold.</exception>
    public async Task<int> PlayAsync(string communique, CancellationToken cancellation)
    {
        using var desk = await SignInAsync(Rabat, "desk", cancellation);
        await ReadAsync(desk, communique, cancellation);
        using var rabat = await SignInAsync(Rabat, "liaison", cancellation);
        tell("Refuse: above the link's ceiling, then without a legal basis");
        var refusals = await RefusedAsync(rabat, "rank", "2", cancellation);
        refusals += await RefusedAsync(rabat, "basis", "", cancellation);

        tell("Ask: an information request from Rabat to Madrid");
        var asked = await ComposeAsync(rabat, Madrid, null, [], cancellation);
        var inRabat = asked.Url.AbsolutePath;
        ScenarioBroken.Unless(
            inRabat.StartsWith("/cases/", StringComparison.Ordinal),
            "the request was not sent",
            asked
        );
        await CaseSteps.WaitAsync(rabat, inRabat, CaseSteps.Delivered, cancellation);

        tell("Answer: Madrid opens, takes and answers it");
        await AnswerAsync(cancellation);
        var answered = await CaseSteps.WaitAsync(rabat, inRabat, CaseSteps.Answered, cancellation);

        tell("Refuse: passing Madrid's answer to Berlin without Madrid's permission");
        // The button is greyed and says why; whoever goes there all the same is refused.
        const string greyed = "guardforward-";
        var why = answered.Document.QuerySelector($"section[id^='{greyed}']")?.Id;
        ScenarioBroken.Unless(why is not null, "the case does not say why the answer cannot be passed on", answered);
        var forward = $"/compose?forward={why![greyed.Length..]}"; // Otherwise broken.
        var passedOn = await ComposeAsync(rabat, Berlin, forward, [], cancellation);
        await new DemoRelations(state, tell).PlayAsync(desk, cancellation);
        return refusals + Refused(passedOn);
    }

    private async Task ReadAsync(BrowserlessClient desk, string communique, CancellationToken cancellation)
    {
        tell("Read: the desk in Rabat hands in a communiqué and accepts the draft");
        var readings = await desk.GetAsync("/readings", cancellation);
        var review = await desk.SubmitAsync(
            readings,
            "/readings/receive",
            [],
            cancellation,
            (
                "files",
                Path.GetFileName(communique),
                "text/plain",
                await File.ReadAllBytesAsync(communique, cancellation)
            )
        );
        ScenarioBroken.Unless(
            review.Document.QuerySelector("[data-values]") is not null,
            "the draft shows no words of the text",
            review
        );
        var meeting = await desk.SubmitAsync(review, "accept", [], cancellation);
        ScenarioBroken.Unless(
            meeting.Url.AbsolutePath.StartsWith("/record/meetings/", StringComparison.Ordinal),
            "the draft was not accepted",
            meeting
        );
    }

    private static async Task<int> RefusedAsync(
        BrowserlessClient rabat,
        string field,
        string value,
        CancellationToken cancellation
    ) => Refused(await ComposeAsync(rabat, Madrid, null, [new(field, value)], cancellation));

    private static int Refused(BrowserlessPage page)
    {
        ScenarioBroken.Unless(page.Document.QuerySelector("#guard li") is not null, "the guard did not refuse", page);
        return 1;
    }

    /// <summary>Fills the compose form and sends it.</summary>
    /// <param name="forward">Where a received message is passed on from; null for a new request.</param>
    /// <param name="instead">Fields filled otherwise than a proper request's.</param>
    private static async Task<BrowserlessPage> ComposeAsync(
        BrowserlessClient officer,
        string partner,
        string? forward,
        IReadOnlyList<KeyValuePair<string, string>> instead,
        CancellationToken cancellation
    )
    {
        var address = Uri.EscapeDataString($"liaison@{partner}");
        var path = forward is null ? $"/compose?to={address}" : $"{forward}&to={address}";
        var page = await officer.GetAsync(path, cancellation);
        var basis =
            page.Document.QuerySelector("select[name=basis] option:not([value=''])")?.GetAttribute("value") ?? "";
        var fields = DemoRequest.Fields(basis).Where(f => instead.All(i => i.Key != f.Key));
        return await officer.SubmitAsync(page, "compose", [.. fields, .. instead], cancellation);
    }

    private async Task AnswerAsync(CancellationToken cancellation)
    {
        using var madrid = await SignInAsync(Madrid, "liaison", cancellation);
        var inbox = await madrid.GetAsync("/inbox", cancellation);
        var path = inbox.Document.QuerySelector("a[href^='/cases/']")?.GetAttribute("href");
        ScenarioBroken.Unless(path is not null, "the request is not in Madrid's inbox", inbox);
        var open = await madrid.GetAsync(path!, cancellation); // Checked above.
        var taken = await madrid.SubmitAsync(open, "take", [], cancellation);
        var write = taken.Document.QuerySelector("a[href*='/answer']")?.GetAttribute("href");
        ScenarioBroken.Unless(write is not null, "the request cannot be answered", taken);
        var form = await madrid.GetAsync(write!, cancellation); // Checked above.
        var sent = await madrid.SubmitAsync(form, "answer", DemoRequest.Answer, cancellation);
        ScenarioBroken.Unless(sent.Url.AbsolutePath == path, "the answer was not sent", sent);
    }

    private async Task<BrowserlessClient> SignInAsync(string node, string login, CancellationToken cancellation)
    {
        var account = state.Account(node, login);
        var client = new BrowserlessClient(new Uri(state.Nodes.Single(n => n.Id == node).Pages));
        await client.SignInAsync(account.Login, account.Password, account.TotpSecret, cancellation);
        return client;
    }
}
