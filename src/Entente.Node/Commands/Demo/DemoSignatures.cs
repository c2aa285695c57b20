namespace Entente.Node.Commands.Demo;

/// <summary>A signature as the pages want it: the desk asks, the head of service, somebody else, gives it.</summary>
internal static class DemoSignatures
{
    public static async Task GiveAsync(
        BrowserlessClient desk,
        BrowserlessPage text,
        BrowserlessClient chief,
        CancellationToken cancellation
    )
    {
        var path = text.Url.AbsolutePath;
        var asked = await desk.SubmitAsync(text, $"{path}/sign", [], cancellation);
        var approval = asked.Document.QuerySelector("a[href^='/approvals/']")?.GetAttribute("href");
        ScenarioBroken.Unless(approval is not null, "the signature was not asked for", asked);
        var page = await chief.GetAsync(approval!, cancellation); // Checked above.
        var given = await chief.SubmitAsync(
            page,
            $"{approval}/decide",
            [new("decision", "grant"), new("reason", "Lu et approuvé (exercice).")],
            cancellation
        );
        ScenarioBroken.Unless(given.Url.Query == "?said=decided", "the signature was not given", given);
    }
}
