using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Exchange.Sums;

/// <summary>Two bureaus to which anything happens that changes what a request counts for.</summary>
internal sealed class RandomExchange(Clocked pair, Chance chance)
{
    private static readonly string[] Urgencies = ["urgent-direct", "urgent-indirect", "other"];
    private static readonly string[] Domains = ["drug-trafficking", "terrorism"];
    private static readonly Outcome[] Outcomes = [Outcome.Provided, Outcome.Refused, Outcome.NoInformation];

    private readonly List<string> _told = [];

    /// <summary>What happened, for whoever looks at a failure.</summary>
    public string Told => string.Join(", ", _told);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task StepAsync()
    {
        var (here, there) = chance.Next(0, 2) == 0 ? (pair.Rabat, pair.Madrid) : (pair.Madrid, pair.Rabat);
        var kind = chance.Next(0, 20);
        _told.Add($"{here.Node[..2]} {kind}");
        await (
            kind switch
            {
                < 5 => AskAsync(here, there),
                < 9 => AnswerAsync(here),
                < 11 => here.HandOverAsync(there),
                < 12 => pair.SettleAsync(),
                < 14 => LaterAsync(),
                < 15 => TakeAsync(here),
                < 16 => SetAsideAsync(here),
                < 17 => ReleaseAsync(here),
                < 18 => AwaitAsync(here),
                < 19 => ReceiptAsync(here),
                _ => EraseAsync(here),
            }
        );
    }

    private Task AskAsync(Bureau here, Bureau there)
    {
        var urgency = Urgencies[chance.Next(0, 3)];
        var draft = Drafts.Request(there.Node) with
        {
            Urgency = urgency,
            UrgencyGround = urgency == "other" ? null : "relevance",
            Domain = Domains[chance.Next(0, 2)],
            Rank = chance.Next(0, 2),
            Attachments = [],
            Safeguards = Drafts.Transfer,
        };
        return here.Get<RequestDesk>().SendAsync(here.Officer, draft, Cancellation);
    }

    private async Task AnswerAsync(Bureau here)
    {
        var outcome = Outcomes[chance.Next(0, 3)];
        if (await AnyAsync(here, "in") is { } id)
        {
            var draft = Drafts.Answer(id) with
            {
                Outcome = outcome,
                Ground = outcome == Outcome.Refused ? "third-party" : null,
                Unrevealing = outcome == Outcome.Refused && chance.Next(0, 2) == 0,
                Answers = outcome == Outcome.Provided ? Drafts.Answer(id).Answers : new Dictionary<int, string>(),
            };
            await here.Get<AnswerDesk>().AnswerAsync(here.Officer, draft, Cancellation);
        }
    }

    private Task LaterAsync()
    {
        pair.Time.Advance(TimeSpan.FromHours(chance.Next(0, 3) == 0 ? chance.Next(1, 600) : chance.Next(1, 20)));
        return Task.CompletedTask;
    }

    private async Task TakeAsync(Bureau here)
    {
        if (await AnyAsync(here, "in") is { } id)
        {
            var officer = here.Officer with { Unit = chance.Next(0, 2) == 0 ? "other" : "liaison" };
            await here.Get<ProgressDesk>().TakenAsync(officer, await here.RowAsync(id), Cancellation);
        }
    }

    private async Task SetAsideAsync(Bureau here)
    {
        if (await AnyAsync(here, chance.Next(0, 2) == 0 ? "in" : "out") is { } id)
        {
            await here.Database.WriteAsync(
                t => here.Get<UseConditions>().QuarantineAsync(t, id, "rights", "test", Cancellation),
                Cancellation
            );
        }
    }

    private async Task ReleaseAsync(Bureau here)
    {
        const string sql = "SELECT message FROM quarantine WHERE lifted_at IS NULL ORDER BY message LIMIT 1";
        var id = await here.Database.ReadAsync(c => c.OneAsync<string>(sql, null, Cancellation), Cancellation);
        if (id is not null)
        {
            await here.Get<QuarantineDesk>().LiftAsync(here.Officer, id, Cancellation);
        }
    }

    private async Task AwaitAsync(Bureau here)
    {
        if (await AnyAsync(here, "in") is { } id)
        {
            var steps = new[] { ClockStep.Ask, ClockStep.Await, ClockStep.Authorised };
            var draft = new ClockDraft(id, steps[chance.Next(0, 3)], "Essai", pair.Time.GetUtcNow().AddDays(3));
            await here.Get<ClockDesk>().SendAsync(here.Officer, draft, Cancellation);
        }
    }

    /// <summary>A receipt for a request or an answer that takes its time, comes again or says that it is not taken.</summary>
    private async Task ReceiptAsync(Bureau here)
    {
        const string sql = """
            SELECT id FROM message WHERE direction = 'out' AND kind IN ('request', 'answer') AND id >= @From ORDER BY id LIMIT 1
            """;
        var from = new { From = "0" + Convert.ToHexStringLower([(byte)chance.Next(0, 256)]) };
        var id = await here.Database.ReadAsync(c => c.OneAsync<string>(sql, from, Cancellation), Cancellation);
        if (id is not null)
        {
            var delivered = new DeliveredMessage(id, here.Now, chance.Next(0, 3) == 0 ? "policy" : null);
            await here.Database.WriteAsync(
                async t =>
                {
                    foreach (var watcher in here.Get<IEnumerable<IDeliveryWatcher>>())
                    {
                        await watcher.DeliveredAsync(t, [delivered], Cancellation);
                    }
                },
                Cancellation
            );
        }
    }

    private async Task EraseAsync(Bureau here)
    {
        if (await AnyAsync(here, chance.Next(0, 2) == 0 ? "in" : "out") is { } id)
        {
            await here.Database.WriteAsync(
                t => here.Get<MessageErasure>().EraseAsync(t, [id], "retention", Officer.NodeActor, Cancellation),
                Cancellation
            );
        }
    }

    private async Task<string?> AnyAsync(Bureau here, string direction)
    {
        const string sql = "SELECT id FROM request WHERE direction = @Direction ORDER BY id";
        var ids = await here.Database.ReadAsync(
            c => c.ListAsync<string>(sql, new { Direction = direction }, Cancellation),
            Cancellation
        );
        return ids.Count == 0 ? null : ids[chance.Next(0, ids.Count)];
    }
}
