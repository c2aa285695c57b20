using System.CommandLine;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Web;
using Spectre.Console;

namespace Entente.Node.Commands;

/// <summary>`entente link invite|accept|confirm|list|suspend|resume`: the link ceremony where there is no browser.</summary>
internal static class LinkCommand
{
    private static readonly Argument<string> Partner = new("partner") { Description = "Node id, such as es.interior." };

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why, in words for the file.",
        Required = true,
    };

    public static Command Create() =>
        new("link", "Make, confirm, list, suspend and resume links with partners.")
        {
            Invite(),
            Accept(),
            Step(
                "confirm",
                "Say that the safety number is the same on both sides; the second officer's word activates the link."
            ),
            List(),
            Step("suspend", "Stop a link: nothing is sent or accepted; what waits, waits.", Reason),
            Step("resume", "Let a suspended link go on.", Reason),
        };

    private static Command Invite()
    {
        var dir = NodeTask.Dir();
        var renewal = new Option<bool>("--renewal")
        {
            Description = "After the signing key was renewed: the card for partners who hold the one before.",
        };
        var command = new Command("invite", "Print this node's card, to hand to a partner.") { dir, renewal };
        command.SetAction(
            (parsed, cancellation) =>
                NodeTask.RunAsync(
                    parsed.GetRequiredValue(dir),
                    async (services, c) =>
                    {
                        var own = services.GetRequiredService<OwnCard>();
                        var card = parsed.GetValue(renewal) ? await own.RotationAsync(c) : null;
                        Console.WriteLine(card ?? (await own.CurrentAsync(c)).Jws);
                        return 0;
                    },
                    cancellation
                )
        );
        return command;
    }

    private static Command Accept()
    {
        var (dir, officer) = (NodeTask.Dir(), LinkOfficer.Options());
        var card = new Option<string>("--card")
        {
            Description = "File with the card; - reads it here.",
            Required = true,
        };
        var ceiling = new Option<int>("--ceiling")
        {
            Description = "Highest classification rank, 0 to 4.",
            DefaultValueFactory = _ => 1,
        };
        var domains = new Option<string[]>("--domain") { Description = "A domain agreed; repeat; none means all." };
        var kinds = new Option<string[]>("--kind") { Description = "A message kind agreed; repeat; none means all." };
        var profile = new Option<string?>("--profile")
        {
            Description = "Legal profile, such as eu-2023-977@2023-06-11.",
        };
        var command = new Command("accept", "Take a partner's card; a new link then awaits two confirmations.")
        {
            dir,
            card,
            ceiling,
            domains,
            kinds,
            profile,
            officer.Login,
            officer.Code,
        };
        command.SetAction(
            (parsed, cancellation) =>
                LinkOfficer.RunAsync(
                    parsed.GetRequiredValue(dir),
                    officer.Of(parsed),
                    async (services, login, c) =>
                    {
                        var terms = services.GetRequiredService<LinkTerms>();
                        var settings = terms.Of(
                            parsed.GetValue(ceiling),
                            parsed.GetValue(domains) is { Length: > 0 } d ? d : terms.Domains,
                            parsed.GetValue(kinds) is { Length: > 0 } k ? k : terms.Kinds,
                            parsed.GetValue(profile)
                        );
                        var offered = await ReadCardAsync(parsed.GetRequiredValue(card), c);
                        return await services.GetRequiredService<CardOffer>().TakeAsync(offered, settings, login, c);
                    },
                    cancellation
                )
        );
        return command;
    }

    private static Task<string> ReadCardAsync(string file, CancellationToken cancellation) =>
        file == "-" ? Console.In.ReadToEndAsync(cancellation) : File.ReadAllTextAsync(file, cancellation);

    private static Command Step(string verb, string description, Option<string>? reason = null)
    {
        var (dir, officer) = (NodeTask.Dir(), LinkOfficer.Options());
        var command = new Command(verb, description) { Partner, dir, officer.Login, officer.Code };
        if (reason is not null)
        {
            command.Add(reason);
        }

        command.SetAction(
            (parsed, cancellation) =>
            {
                var partner = parsed.GetRequiredValue(Partner);
                var why = reason is null ? "" : parsed.GetRequiredValue(reason);
                return LinkOfficer.RunAsync(
                    parsed.GetRequiredValue(dir),
                    officer.Of(parsed),
                    (services, login, c) =>
                        TakeAsync(services.GetRequiredService<LinkCeremony>(), verb, partner, why, login, c),
                    cancellation
                );
            }
        );
        return command;
    }

    private static Task<LinkOutcome> TakeAsync(
        LinkCeremony ceremony,
        string verb,
        string partner,
        string why,
        string login,
        CancellationToken cancellation
    ) =>
        verb switch
        {
            "confirm" => ceremony.ConfirmAsync(partner, login, cancellation),
            "suspend" => ceremony.SuspendAsync(partner, why, login, cancellation),
            _ => ceremony.ResumeAsync(partner, why, login, cancellation),
        };

    private static Command List()
    {
        var dir = NodeTask.Dir();
        var command = new Command("list", "List the links: state, queue, safety number.") { dir };
        command.SetAction(
            (parsed, cancellation) => NodeTask.RunAsync(parsed.GetRequiredValue(dir), ListAsync, cancellation)
        );
        return command;
    }

    private static async Task<int> ListAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var table = new Table().AddColumns("partner", "state", "waiting", "card until", "safety number");
        var ceremony = services.GetRequiredService<LinkCeremony>();
        var standings = await services.GetRequiredService<LinkHealth>().ListAsync(cancellation);
        var waiting = standings.ToDictionary(s => s.Partner, s => s.Waiting);
        foreach (var link in await services.GetRequiredService<LinkDirectory>().ListAsync(cancellation))
        {
            table.AddRow(
                link.Partner,
                link.State.ToString().ToLowerInvariant(),
                $"{waiting.GetValueOrDefault(link.Partner)}",
                $"{link.Card?.Expires:yyyy-MM-dd}",
                await ceremony.SafetyNumberAsync(link.Partner, cancellation) ?? ""
            );
        }

        Tables.Print(table);
        return 0;
    }
}
