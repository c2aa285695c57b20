using System.CommandLine;
using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Commands;

/// <summary>`entente keys renew|forget|renew-signing`: fresh keys, and an end to agreement keys before the present one.</summary>
internal static class KeysCommand
{
    public static Command Create() =>
        new("keys", "Renew the key that partners encrypt to, or the one that signs.")
        {
            Verb(
                "renew",
                "Make a fresh agreement key. Restart the node, then hand its new card to every partner.",
                RenewAsync
            ),
            Verb(
                "forget",
                "Delete the agreement keys before the present one, once every partner uses it.",
                ForgetAsync
            ),
            Verb(
                "renew-signing",
                "Make a fresh signing key, with every link suspended. Partners accept the new card before it goes on.",
                RenewSigningAsync
            ),
        };

    private static Command Verb(
        string name,
        string description,
        Func<IServiceProvider, CancellationToken, Task<int>> work
    )
    {
        var dir = NodeTask.Dir();
        var command = new Command(name, description) { dir };
        command.SetAction(
            (parsed, cancellation) => NodeTask.RunAsync(parsed.GetRequiredValue(dir), work, cancellation)
        );
        return command;
    }

    private static async Task<int> RenewAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var replaced = NodeKeys.RenewAgreement(
            services.GetRequiredService<NodeHome>(),
            services.GetRequiredService<MasterKey>()
        );
        await AccountAsync(services, "key-renewed", replaced, cancellation);
        Console.WriteLine($"The agreement key {replaced} is replaced. What is encrypted to it is still opened.");
        Console.WriteLine("Restart the node, then hand its new card to every partner: entente link invite");
        return 0;
    }

    private static async Task<int> RenewSigningAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var links = await services.GetRequiredService<LinkDirectory>().ListAsync(cancellation);
        var active = links.Where(link => link.State == LinkState.Active).Select(link => link.Partner).ToList();
        if (active.Count > 0)
        {
            await Console.Error.WriteLineAsync(
                $"Suspend every link first: {string.Join(", ", active)}. Until a partner has accepted the new card, what the "
                    + "new key signs is a forgery to it."
            );
            return ExitCode.NotAllHeld;
        }

        var replaced = NodeKeys.RenewSigning(
            services.GetRequiredService<NodeHome>(),
            services.GetRequiredService<MasterKey>()
        );
        await AccountAsync(services, "signing-key-renewed", replaced, cancellation);
        Console.WriteLine($"The signing key {replaced} is replaced, and kept: evidence of before is made with it.");
        Console.WriteLine("Restart the node, then: entente link invite --renewal");
        Console.WriteLine("Hand that card to every partner; resume each link once its officers have accepted it.");
        return 0;
    }

    private static async Task<int> ForgetAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var present = services.GetRequiredService<NodeKeys>().Agreement.Kid;
        var late = await services.GetRequiredService<AgreementUse>().NotYetAsync(present, cancellation);
        if (late.Count > 0)
        {
            await Console.Error.WriteLineAsync(
                $"Nothing was forgotten: no message encrypted to the present key has come from {string.Join(", ", late)}."
            );
            return ExitCode.NotAllHeld;
        }

        var forgotten = NodeKeys.ForgetPastAgreements(services.GetRequiredService<NodeHome>());
        await AccountAsync(services, "keys-forgotten", present, cancellation);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Keys forgotten: {forgotten}. Restart the node.")
        );
        return 0;
    }

    private static Task AccountAsync(IServiceProvider services, string why, string kid, CancellationToken cancellation)
    {
        var ledger = services.GetRequiredService<LedgerLog>();
        var leaf = new LedgerEvent(Officer.NodeActor, LedgerAction.Administer, $"key:{kid}", why);
        return services
            .GetRequiredService<Database>()
            .WriteAsync(t => ledger.AppendAsync(t, leaf, cancellation), cancellation);
    }
}
