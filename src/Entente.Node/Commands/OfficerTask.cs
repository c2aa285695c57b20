using System.CommandLine;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Commands;

/// <summary>A verb that an officer of the node runs at a terminal: they say who they are and show their code.</summary>
internal sealed class OfficerTask(string who)
{
    private readonly Option<string> _dir = NodeTask.Dir();
    private readonly Option<string> _login = new("--officer") { Description = who, Required = true };
    private readonly Option<string> _code = new("--code")
    {
        Description = "The code their authenticator shows.",
        Required = true,
    };

    /// <param name="roles">One of these lets them.</param>
    /// <param name="refused">What is said to anybody else.</param>
    /// <param name="work">Returns the exit code.</param>
    public void Of(
        Command command,
        IReadOnlyList<Role> roles,
        string refused,
        Func<ParseResult, IServiceProvider, Officer, CancellationToken, Task<int>> work
    )
    {
        command.Add(_dir);
        command.Add(_login);
        command.Add(_code);
        command.SetAction(
            (parsed, cancellation) =>
                NodeTask.RunAsync(
                    parsed.GetRequiredValue(_dir),
                    async (services, c) =>
                    {
                        var given = (parsed.GetRequiredValue(_login), parsed.GetRequiredValue(_code));
                        return await TerminalOfficer.FindAsync(services, given, roles, c) is { } officer
                            ? await work(parsed, services, officer, c)
                            : await FailAsync(refused);
                    },
                    cancellation
                )
        );
    }

    public static async Task<int> FailAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return ExitCode.NotAllHeld;
    }
}
