using System.CommandLine;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Briefing;
using Entente.Node.Guard;
using Entente.Node.Storage;

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
        var meeting = new Option<string>("--meeting")
        {
            Description = "Id of the planned meeting it is for: the last part of its page's address.",
        };
        var output = new Option<string>("--out") { Description = "The .docx file to write.", Required = true };
        var command = new Command("brief", "Write the briefing on a partner, or for a meeting, as a Word document.")
        {
            partner,
            language,
            meeting,
            output,
        };
        new OfficerTask("Login of who will read it.").Of(
            command,
            [Role.Officer, Role.Supervisor, Role.Desk],
            "Nobody of this node who may read briefings, or not their code.",
            (parsed, services, officer, c) =>
                RunAsync(
                    services,
                    officer,
                    (parsed.GetRequiredValue(partner), parsed.GetValue(meeting), parsed.GetRequiredValue(language)),
                    parsed.GetRequiredValue(output),
                    c
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services,
        Officer officer,
        (string Partner, string? Meeting, string Language) wanted,
        string output,
        CancellationToken cancellation
    )
    {
        var country = wanted.Partner[..Math.Min(2, wanted.Partner.Length)].ToUpperInvariant();
        var desk = services.GetRequiredService<BriefingDesk>();
        if (await desk.MakeAsync(officer, country, wanted.Meeting, wanted.Language, cancellation) is not { } fiche)
        {
            return await OfficerTask.FailAsync(
                wanted.Meeting is null
                    ? $"Nothing is on record with {country}."
                    : $"There is no meeting {wanted.Meeting} with {country} that {officer.Login} may see."
            );
        }

        var exits = services.GetRequiredService<ExitDoor>();
        var leaving = await exits.LeaveAsync(officer, BriefingDesk.Export(country, fiche.Rank), cancellation);
        if (!leaving.Allowed)
        {
            return await OfficerTask.FailAsync($"The briefing may not leave: {leaving.Why}.");
        }

        var document = services.GetRequiredService<BriefingDocument>();
        PrivateFile.Write(output, document.Write(fiche));
        await Console.Out.WriteLineAsync($"{output}: {fiche.Marking}");
        return 0;
    }
}
