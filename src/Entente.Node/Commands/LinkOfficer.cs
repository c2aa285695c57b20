using System.CommandLine;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Web;

namespace Entente.Node.Commands;

/// <summary>
/// The security officer at a command line. Four eyes are worth something only if both pairs are there: each officer's
/// authenticator gives the code.
/// </summary>
internal static class LinkOfficer
{
    internal sealed record Given(Option<string> Login, Option<string> Code)
    {
        public (string Login, string Code) Of(ParseResult parsed) =>
            (parsed.GetRequiredValue(Login), parsed.GetRequiredValue(Code));
    }

    public static Given Options() =>
        new(
            new Option<string>("--officer") { Description = "Login of the security officer.", Required = true },
            new Option<string>("--code") { Description = "The code their authenticator shows.", Required = true }
        );

    public static Task<int> RunAsync(
        string dir,
        (string Login, string Code) officer,
        Func<IServiceProvider, string, CancellationToken, Task<LinkOutcome>> step,
        CancellationToken cancellation
    ) =>
        NodeTask.RunAsync(
            dir,
            async (services, c) =>
            {
                var found = await TerminalOfficer.FindAsync(services, officer, [Role.Security], c);
                if (found is null)
                {
                    await Console.Error.WriteLineAsync("Not a security officer of this node, or not their code.");
                    return ExitCode.NotAllHeld;
                }

                return await TellAsync(services, await step(services, found.Login, c), c);
            },
            cancellation
        );

    private static async Task<int> TellAsync(
        IServiceProvider services,
        LinkOutcome outcome,
        CancellationToken cancellation
    )
    {
        if (!outcome.Ok)
        {
            var labels = services.GetRequiredService<LabelBook>();
            await Console.Error.WriteLineAsync(labels.Text($"links.error.{outcome.Error.Code}", "en"));
            return ExitCode.NotAllHeld;
        }

        var link = outcome.Link;
        Console.WriteLine($"{link.Partner}  {link.State.ToString().ToLowerInvariant()}");
        if (link.State == LinkState.Pending)
        {
            var number = await services
                .GetRequiredService<LinkCeremony>()
                .SafetyNumberAsync(link.Partner, cancellation);
            Console.WriteLine($"safety number  {number}");
            Console.WriteLine($"confirmed by   {string.Join(", ", link.ConfirmedBy)} ({link.ConfirmedBy.Count} of 2)");
        }

        return 0;
    }
}
