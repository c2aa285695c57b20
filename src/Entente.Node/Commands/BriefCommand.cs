using System.CommandLine;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Briefing;

namespace Entente.Node.Commands;

/// <summary>`entente brief PARTNER --language ar --out FILE.docx`: the document for the next meeting.</summary>
internal static class BriefCommand
{
    public static Command Create()
    {
        var partner = new Argument<string>("partner")
        {
            Description = "The state's ISO code, `ES`, or its node, `es.interior`.",
        };
        var language = new Option<string>("--language")
        {
            Description = "fr, ar, es, de, fi or en.",
            DefaultValueFactory = _ => "fr",
        };
        var output = new Option<string>("--out") { Description = "The .docx file to write.", Required = true };
        var (dir, login, code) = (
            NodeTask.Dir(),
            new Option<string>("--officer") { Description = "Login of who will read it.", Required = true },
            new Option<string>("--code") { Description = "The code their authenticator shows.", Required = true }
        );
        var command = new Command("brief", "Write the briefing on a partner as a Word document.")
        {
            partner,
            language,
            output,
            dir,
            login,
            code,
        };
        command.SetAction(
            (parsed, cancellation) =>
                NodeTask.RunAsync(
                    parsed.GetRequiredValue(dir),
                    (services, c) =>
                        RunAsync(
                            services,
                            (parsed.GetRequiredValue(login), parsed.GetRequiredValue(code)),
                            (parsed.GetRequiredValue(partner), parsed.GetRequiredValue(language)),
                            parsed.GetRequiredValue(output),
                            c
                        ),
                    cancellation
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services,
        (string Login, string Code) given,
        (string Partner, string Language) wanted,
        string output,
        CancellationToken cancellation
    )
    {
        var officer = await TerminalOfficer.FindAsync(
            services,
            given,
            [Role.Officer, Role.Supervisor, Role.Desk],
            cancellation
        );
        if (officer is null)
        {
            return await FailAsync("Nobody of this node who may read briefings, or not their code.");
        }

        var country = wanted.Partner[..Math.Min(2, wanted.Partner.Length)].ToUpperInvariant();
        var desk = services.GetRequiredService<BriefingDesk>();
        if (await desk.MakeAsync(officer, country, wanted.Language, cancellation) is not { } fiche)
        {
            return await FailAsync($"Nothing is on record with {country}.");
        }

        var document = services.GetRequiredService<BriefingDocument>();
        await File.WriteAllBytesAsync(output, document.Write(fiche), cancellation);
        await Console.Out.WriteLineAsync($"{output}: {fiche.Marking}");
        return 0;
    }

    private static async Task<int> FailAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return ExitCode.NotAllHeld;
    }
}
