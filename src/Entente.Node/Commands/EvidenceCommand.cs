using System.CommandLine;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Evidence;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Node.Web;

namespace Entente.Node.Commands;

/// <summary>`entente evidence MESSAGE --out FILE`: what proves, with no node running, that a message was sent and received.</summary>
internal static class EvidenceCommand
{
    public static Command Create()
    {
        var message = new Argument<string>("message") { Description = "The message's id, sent or received." };
        var output = new Option<string>("--out") { Description = "File to write.", Required = true };
        var command = new Command("evidence", "Write the evidence that a message was sent and received.")
        {
            message,
            output,
        };
        new OfficerTask("Login of the officer who discloses it.").Of(
            command,
            [Role.Officer, Role.Supervisor],
            "Not an officer or supervisor of this node, or not their code.",
            (parsed, services, officer, c) =>
                RunAsync(services, officer, parsed.GetRequiredValue(message), parsed.GetRequiredValue(output), c)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services,
        Officer officer,
        string message,
        string output,
        CancellationToken cancellation
    )
    {
        var desk = services.GetRequiredService<EvidenceDesk>();
        switch (await desk.MakeAsync(officer, message, evenIncomplete: true, cancellation))
        {
            case EvidenceResult.Made made:
                PrivateFile.Write(output, made.File.ToJson()); // The message is in it, in the clear.
                return await TellAsync(output, made);
            case EvidenceResult.Refused refused:
                var book = services.GetRequiredService<LabelBook>();
                return await OfficerTask.FailAsync(
                    string.Join('\n', refused.Decision.Findings.Select(finding => Say(finding, book)))
                );
            case EvidenceResult.Unprovable { Why: "not-receipted" }:
                return await OfficerTask.FailAsync("The partner has not acknowledged this message, or rejected it.");
            case EvidenceResult.Unprovable { Why: "erased" }:
                return await OfficerTask.FailAsync("The content of this message was erased here.");
            case EvidenceResult.Unprovable:
                return await OfficerTask.FailAsync("No card that was in force when this was signed is here.");
            default:
                return await OfficerTask.FailAsync($"There is no message {message} in a case of {officer.Login}'s.");
        }
    }

    private static async Task<int> TellAsync(string output, EvidenceResult.Made made)
    {
        await Console.Out.WriteLineAsync($"{output}: check it anywhere with: entente verify {output}");
        if (made.Lacking is { } failure)
        {
            await Console.Out.WriteLineAsync(
                $"It lacks the proof from the partner's ledger, which could not be had ({failure}). The sending and the "
                    + "signed receipt are proven without it. Run this again when the partner is reachable."
            );
        }

        return 0;
    }

    private static string Say(Finding finding, LabelBook book) =>
        $"Refused ({finding.Rule}): {finding.Reason.Say(book, "en")} {finding.Remedy.Say(book, "en")}";
}
