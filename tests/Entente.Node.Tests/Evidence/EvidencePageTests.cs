using System.Diagnostics;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using static Entente.Node.Tests.Exchange.Offices;

namespace Entente.Node.Tests.Evidence;

/// <summary>Evidence from the case page and from the command line, by officers of two whole nodes.</summary>
public sealed class EvidencePageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sender_downloads_evidence_and_receiver_of_an_H1_request_is_told_whom_to_ask()
    {
        await using var offices = await TwoOffices.OpenAsync(Role.Protection);
        var (asking, answering) = offices;
        var path = await DeliveredAsync(asking);

        var page = await asking.GetAsync(path, Cancellation);
        var file = await asking.SubmitAsync(page, path, [], Cancellation);
        var theirs = await answering.GetAsync(path, Cancellation);

        var evidence = Entente.Protocol.Evidence.Parse(System.Text.Encoding.UTF8.GetBytes(file.Text)).Required();
        evidence.IsComplete.ShouldBeTrue();
        evidence.Verify().ShouldAllBe(check => check.Holds);
        theirs.Text.ShouldContain("Demander à ma.interieur l’autorisation de produire ce message en justice.");
        theirs.Text.ShouldNotContain("Établir et télécharger");
        theirs.Text.ShouldNotContain("[evidence.");
    }

    [Fact]
    public async Task Verbs_make_evidence_for_an_officer_and_verify_it_for_anyone()
    {
        await using var offices = await TwoOffices.OpenAsync(Role.Protection);
        var asking = offices.Asking;
        var message = (await DeliveredAsync(asking)).Split('/')[^1];
        var (here, there) = (
            await OpenAccountAsync(offices.Rabat, "preuve", Role.Protection),
            await OpenAccountAsync(offices.Madrid, "preuve")
        );
        var file = Path.Combine(offices.Rabat.Home.Folder, "evidence.json");

        var made = await EvidenceAsync(offices.Rabat, message, file, Code(here));
        var verified = await RunAsync("verify", file);
        var refused = await EvidenceAsync(offices.Madrid, message, file + ".none", Code(there));
        var nobody = await EvidenceAsync(offices.Rabat, message, file + ".none", "000000");
        await File.WriteAllTextAsync(
            file,
            (await File.ReadAllTextAsync(file, Cancellation)).Replace("H1", "H0", StringComparison.Ordinal),
            Cancellation
        );
        var altered = await RunAsync("verify", file);

        made.Exit.ShouldBe(0, made.Said);
        verified.Exit.ShouldBe(0, verified.Said);
        verified.Said.ShouldContain("es.interior took it and signed for it at");
        (refused.Exit, nobody.Exit, altered.Exit).ShouldBe((1, 1, 1));
        refused.Said.ShouldContain("Refused (h1)");
        nobody.Said.ShouldContain("not their code");
        altered.Said.ShouldContain("This file proves nothing");
        File.Exists(file + ".none").ShouldBeFalse();
    }

    /// <summary>Sends a request; where its evidence is made once it is delivered.</summary>
    private static async Task<string> DeliveredAsync(BrowserlessClient asking)
    {
        var caseId = await AskAsync(asking);
        string? path = null;
        await TestNode.WaitUntilAsync(async () =>
        {
            var thread = await asking.GetAsync($"/cases/{caseId}", Cancellation);
            path = thread.Document.QuerySelector("a[href*='/evidence/']")?.GetAttribute("href");
            return path is not null;
        });
        return path!; // Waited for.
    }

    private static Task<(int Exit, string Said)> EvidenceAsync(
        TestNode node,
        string message,
        string file,
        string code
    ) => RunAsync("evidence", message, "--out", file, "--dir", node.Home.Folder, "--officer", "preuve", "--code", code);

    // What the authenticator shows now.
    private static string Code(OpenedAccount account) =>
        Totp.Code(Base32.Decode(account.TotpSecret!), Totp.Step(TimeProvider.System.GetUtcNow()), 6); // Enrolled.

    private static async Task<(int Exit, string Said)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "entente.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!; // Not null without shell execution.
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(Cancellation),
            process.StandardError.ReadToEndAsync(Cancellation)
        );
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output + await error);
    }
}
