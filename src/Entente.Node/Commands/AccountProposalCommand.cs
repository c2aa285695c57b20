using System.CommandLine;
using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Accounts.Proposals;
using Entente.Node.Features.Approvals;
using Spectre.Console;

namespace Entente.Node.Commands;

/// <summary>
/// `entente account proposals|confirm`: the second person of a node that has one security officer is whoever runs the
/// machine. The ledger says that the node's console confirmed.
/// </summary>
internal static class AccountProposalCommand
{
    private const int HighestRank = 4;

    /// <summary>Not a person: no account has this login.</summary>
    private static readonly Officer Console = new(
        Officer.NodeActor,
        Officer.NodeActor,
        Officer.NodeActor,
        Officer.NodeActor,
        new HashSet<Role> { Role.Security },
        HighestRank
    );

    public static Command List()
    {
        var dir = NodeTask.Dir();
        var command = new Command(
            "proposals",
            "List what security officers proposed for accounts and nobody confirmed."
        )
        {
            dir,
        };
        command.SetAction(
            (parsed, cancellation) => NodeTask.RunAsync(parsed.GetRequiredValue(dir), ListAsync, cancellation)
        );
        return command;
    }

    public static Command Confirm()
    {
        var dir = NodeTask.Dir();
        var id = new Option<string>("--proposal") { Description = "Its number, from `proposals`.", Required = true };
        var reason = new Option<string>("--reason")
        {
            Description = "Why it is confirmed here.",
            DefaultValueFactory = _ => "Confirmed at the node's console.",
        };
        var command = new Command("confirm", "Be the second person who confirms a proposal; the ledger says so.")
        {
            dir,
            id,
            reason,
        };
        command.SetAction(
            (parsed, cancellation) =>
                NodeTask.RunAsync(
                    parsed.GetRequiredValue(dir),
                    (services, c) =>
                        ConfirmAsync(services, parsed.GetRequiredValue(id), parsed.GetRequiredValue(reason), c),
                    cancellation
                )
        );
        return command;
    }

    private static async Task<int> ListAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var table = new Table().AddColumns("proposal", "what", "login", "proposed by", "lapses");
        foreach (var one in await services.GetRequiredService<ApprovalBook>().AboutAccountsAsync(cancellation))
        {
            table.AddRow(
                one.Id,
                one.Kind,
                Markup.Escape(one.Account ?? ""),
                Markup.Escape(one.Requester),
                one.DueAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)
            );
        }

        if (table.Rows.Count == 0)
        {
            System.Console.WriteLine("No proposal waits for a confirmation.");
            return 0;
        }

        Tables.Print(table);
        return 0;
    }

    private static async Task<int> ConfirmAsync(
        IServiceProvider services,
        string id,
        string reason,
        CancellationToken cancellation
    )
    {
        var file = await services.GetRequiredService<ApprovalBook>().OpenAsync(Console, id, cancellation);
        if (file is not { Approval: { Account: not null, State: Approval.Waiting } approval, Content: { } content })
        {
            return await OfficerTask.FailAsync($"No proposal {id} waits for a confirmation.");
        }

        var wish = AccountWish.Read(content.Data);
        Print(approval, content, wish);
        var (error, told) = await services
            .GetRequiredService<ApprovalDesk>()
            .HearAsync(Console, id, grant: true, reason, cancellation);
        if (error is not null)
        {
            var why = error is NoLongerPossible gone ? gone.Obstacle : error.Code;
            return await OfficerTask.FailAsync($"Not confirmed: {why}. Nothing was changed.");
        }

        System.Console.WriteLine("confirmed      by the node's console, as the ledger says");
        if (told is not null)
        {
            System.Console.WriteLine($"password       {told}   (once: the first sign-in chooses another)");
        }

        return 0;
    }

    private static void Print(Approval approval, ApprovalContent content, AccountWish wish)
    {
        System.Console.WriteLine($"proposal       {approval.Kind} of {wish.Login}, by {approval.Requester}");
        System.Console.WriteLine($"reason         {content.Reason}");
        if (wish.Before is not null && !wish.Before.IsAs(wish.Wanted))
        {
            System.Console.WriteLine($"before         {Line(wish.Before)}");
        }

        System.Console.WriteLine($"after          {Line(wish.Wanted)}");
    }

    private static string Line(AccountStanding standing) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{standing.Name}; unit {standing.Unit}; {string.Join(' ', standing.Roles).ToLowerInvariant()}; clearance {standing.Clearance}; {(standing.Active ? "open" : "closed")}"
        );
}
