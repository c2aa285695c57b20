using System.CommandLine;
using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Web;
using Spectre.Console;

namespace Entente.Node.Commands;

/// <summary>`entente account add|list|reset`: the first account of a node, and help for who locked themselves out.</summary>
internal static class AccountCommand
{
    public static Command Create() =>
        new("account", "Open, list and reset accounts; confirm what a security officer proposed for one.")
        {
            Add(),
            List(),
            Reset(),
            AccountProposalCommand.List(),
            AccountProposalCommand.Confirm(),
        };

    private static Command Add()
    {
        var dir = NodeTask.Dir();
        var login = new Option<string>("--login") { Description = "What the person signs in with.", Required = true };
        var name = new Option<string>("--name") { Description = "The person's name or post.", Required = true };
        var unit = new Option<string>("--unit")
        {
            Description = "The unit's slug, such as liaison; a new one is opened.",
            Required = true,
        };
        var roles = new Option<Role[]>("--role")
        {
            Description = "officer, supervisor, desk, security, protection or auditor; repeat for several.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        roles.AcceptOnlyFromAmong(
            StringComparer.OrdinalIgnoreCase,
            [.. Enum.GetNames<Role>().Select(role => role.ToLowerInvariant())]
        );
        var clearance = new Option<int>("--clearance")
        {
            Description = "Highest classification rank, 0 to 4.",
            DefaultValueFactory = _ => 1,
        };
        var language = new Option<string?>("--language") { Description = "fr, ar, es, de, fi or en." };
        language.AcceptOnlyFromAmong([.. LabelBook.Languages]);
        clearance.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 4)
            {
                result.AddError("--clearance is a rank from 0 to 4.");
            }
        });
        var command = new Command("add", "Open an account and print its first password and authenticator key, once.")
        {
            dir,
            login,
            name,
            unit,
            roles,
            clearance,
            language,
        };
        command.SetAction(
            (parsed, cancellation) =>
            {
                var wanted = new NewAccount
                {
                    By = Officer.NodeActor,
                    Login = parsed.GetRequiredValue(login),
                    Name = parsed.GetRequiredValue(name),
                    Unit = parsed.GetRequiredValue(unit),
                    Roles = parsed.GetRequiredValue(roles),
                    Clearance = parsed.GetValue(clearance),
                    Language = parsed.GetValue(language),
                    EnrolTotp = true,
                };
                return NodeTask.RunAsync(parsed.GetRequiredValue(dir), (s, c) => AddAsync(s, wanted, c), cancellation);
            }
        );
        return command;
    }

    private static async Task<int> AddAsync(
        IServiceProvider services,
        NewAccount wanted,
        CancellationToken cancellation
    )
    {
        var office = services.GetRequiredService<AccountOffice>();
        AccountError? error = null;
        if (await services.GetRequiredService<UnitBook>().FindAsync(wanted.Unit, cancellation) is null)
        {
            var unit = new Unit
            {
                Slug = wanted.Unit,
                Names = new Dictionary<string, string> { [LabelBook.Languages[0]] = wanted.Unit },
            };
            error = await office.SaveUnitAsync(unit, Officer.NodeActor, cancellation);
        }

        OpenedAccount? opened = null;
        if (error is null)
        {
            (opened, error) = await office.OpenAsync(wanted, cancellation);
        }

        return opened is null ? await RefuseAsync(services, error) : Print(services, wanted.Login, opened);
    }

    private static Command Reset()
    {
        var dir = NodeTask.Dir();
        var login = new Option<string>("--login") { Description = "Whose account.", Required = true };
        var command = new Command(
            "reset",
            "Give an account a new one-time password and authenticator key, printed once."
        )
        {
            dir,
            login,
        };
        command.SetAction(
            (parsed, cancellation) =>
                NodeTask.RunAsync(
                    parsed.GetRequiredValue(dir),
                    (s, c) => ResetAsync(s, parsed.GetRequiredValue(login), c),
                    cancellation
                )
        );
        return command;
    }

    private static async Task<int> ResetAsync(IServiceProvider services, string login, CancellationToken cancellation)
    {
        var store = services.GetRequiredService<AccountStore>();
        if (await store.FindByNameAsync(login.ToLowerInvariant(), cancellation) is not { } account)
        {
            await Console.Error.WriteLineAsync($"There is no account {login}.");
            return ExitCode.NotAllHeld;
        }

        var office = services.GetRequiredService<AccountOffice>();
        var (reset, error) = await office.ResetAsync(account, enrolTotp: true, cancellation);
        return reset is null ? await RefuseAsync(services, error) : Print(services, account.Login, reset);
    }

    private static Command List()
    {
        var dir = NodeTask.Dir();
        var command = new Command("list", "List the accounts.") { dir };
        command.SetAction(
            (parsed, cancellation) => NodeTask.RunAsync(parsed.GetRequiredValue(dir), ListAsync, cancellation)
        );
        return command;
    }

    private static async Task<int> ListAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var table = new Table().AddColumns("login", "name", "address", "roles", "clearance", "state");
        var (list, units) = (services.GetRequiredService<AccountList>(), services.GetRequiredService<UnitBook>());
        IReadOnlyList<AccountEntry> page;
        var after = "";
        do
        {
            page = await list.FindAsync("", after, AccountList.PageSize, cancellation);
            foreach (var account in page)
            {
                table.AddRow(
                    Markup.Escape(account.Login),
                    Markup.Escape(account.Name),
                    units.Address(account.Unit),
                    string.Join(' ', account.Roles).ToLowerInvariant(),
                    account.Clearance.ToString(CultureInfo.InvariantCulture),
                    account.Active ? "open" : "closed"
                );
                after = account.Login;
            }
        } while (page.Count == AccountList.PageSize);

        Tables.Print(table);
        return 0;
    }

    private static int Print(IServiceProvider services, string login, OpenedAccount opened)
    {
        var node = services.GetRequiredService<NodeOptions>();
        Console.WriteLine($"login          {login.ToLowerInvariant()}");
        Console.WriteLine($"password       {opened.Password}   (once: the first sign-in chooses another)");
        Console.WriteLine($"authenticator  {Totp.Uri(node.Node, login.ToLowerInvariant(), opened.TotpSecret!)}"); // Asked for above.
        return 0;
    }

    private static async Task<int> RefuseAsync(IServiceProvider services, AccountError? error)
    {
        var labels = services.GetRequiredService<LabelBook>();
        await Console.Error.WriteLineAsync(labels.Text(error?.Label ?? "", "en"));
        return ExitCode.NotAllHeld;
    }
}
