using Entente.Node.Features.Accounts;
using Spectre.Console;

namespace Entente.Node.Commands.Demo;

/// <summary>What a person needs to walk into the demo: each node, its page, its accounts.</summary>
internal static class DemoTable
{
    public static void Show(DemoState state, DemoFolder folder, DateTimeOffset now)
    {
        // Nothing wraps: addresses and passwords are there to be copied, in a window of eighty columns too.
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var title in (string[])["node, page, accounts", "password", "code now"])
        {
            table.AddColumn(new TableColumn(title).NoWrap());
        }

        foreach (var node in state.Nodes)
        {
            table.AddRow(new Markup($"[bold]{Markup.Escape(node.Id)}[/] {Markup.Escape(node.Pages)}"));
            foreach (var account in state.Accounts.Where(a => a.Node == node.Id))
            {
                table.AddRow($"  {Markup.Escape(account.Login)}", Markup.Escape(account.Password), Code(account, now));
            }
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
