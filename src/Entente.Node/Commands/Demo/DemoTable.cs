using Entente.Node.Features.Accounts;
using Spectre.Console;

namespace Entente.Node.Commands.Demo;

/// <summary>What a person needs to walk into the demo: each node, its page, its accounts.</summary>
internal static class DemoTable
{
    public static void Show(DemoState state, DemoFolder folder, DateTimeOffset now)
    {
        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumns("node", "page", "account", "password", "code now");
        foreach (var node in state.Nodes)
        {
            var first = true;
            foreach (var account in state.Accounts.Where(a => a.Node == node.Id))
            {
                table.AddRow(
                    Markup.Escape(first ? node.Id : ""),
                    Markup.Escape(first ? node.Pages : ""),
                    Markup.Escape($"{account.Login} ({account.Name})"),
                    Markup.Escape(account.Password),
                    Markup.Escape(Code(account, now))
                );
                first = false;
            }

            table.AddEmptyRow();
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Codes change every 30 seconds: [bold]./entente demo --codes --dir {folder.Path}[/] prints new ones. Start with [bold]liaison[/] on {state.Nodes[0].Id}."
        );
    }

    private static string Code(DemoAccount account, DateTimeOffset now) =>
        Totp.Code(Base32.Decode(account.TotpSecret), Totp.Step(now), 6);
}
