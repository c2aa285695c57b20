using Entente.Node.Features.Accounts;
using Entente.Node.Features.Corrections;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Protection;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>What happens in one history, by chance: each step goes through the desks that the pages go through.</summary>
internal sealed partial class Course(World world, Chance chance, Func<string> token)
{
    private static readonly string[][] Codes =
    [
        [],
        ["H1"],
        ["H2"],
        ["H1", "H2"],
        ["H0"],
    ];
    private static readonly string?[] Lights = [null, null, null, "RED", "AMBER", "GREEN", "CLEAR"];
    private readonly List<(string Node, string Partner)> _suspended = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The contents of this history: those before it stay as they are.</summary>
    public List<Item> Items { get; } = [];

    /// <summary>What the node allowed to leave: message, officer, node, partner, kind.</summary>
    public List<(string Message, string Login, string Node, string Partner, string Kind)> Sent { get; } = [];

    public async Task<string> StepAsync()
    {
        var happened = chance.Next(0, 25) switch
        {
            0 or 1 or 2 => await AskAsync(),
            3 or 4 or 5 => await AnswerAsync(),
            6 => await TellAsync(),
            7 => await LeaveAsync(),
            8 => await PassOnAsync(),
            9 => await NoteAsync(),
            10 => await RecallAsync(),
            11 => await AsideAsync(),
            12 => await PersonAsync(),
            13 => await SuspendAsync(),
            14 or 15 => await LeaveAsync(),
            18 or 19 => await TextAsync(),
            20 => await RightsAsync(),
            21 or 22 => await RectifyAsync(),
            23 => await PurposeAsync(),
            _ => chance.Next(0, 4) == 0 ? await RestartAsync() : await AskAsync(),
        };
        await world.SettleAsync();
        return happened;
    }

    /// <summary>Links that are down come up again.</summary>
    public async Task EndAsync()
    {
        foreach (var (node, partner) in _suspended)
        {
            await world[node].Get<LinkCeremony>().ResumeAsync(partner, "fin", "securite-1", Cancellation);
        }

        _suspended.Clear();
        await world.SettleAsync();
    }

    private Task<string> AskAsync() => SendAsync(Kinds.Request);

    private Task<string> TellAsync() => SendAsync(Kinds.Information);

    private async Task<string> SendAsync(string kind)
    {
        var (from, to) = TwoHouses();
        var writer = Pick(from.Writers);
        var officer = await writer.NowAsync();
        var word = token();
        var (rank, codes, light) = (Rank(officer), Pick(Codes), Pick(Lights));
        var unit = Pick("liaison", "customs");
        var draft = Drafts.Request(to.Id) with
        {
            Kind = kind,
            To = $"{unit}@{to.Id}",
            Subject = $"Dossier {word}",
            Questions = [$"Que sait-on de {word} ?"],
            Text = kind == Kinds.Information ? $"On sait de {word}" : null,
            Reliability = "B",
            Accuracy = "2",
            Rank = rank,
            Handling = codes,
            Safeguards = Drafts.Transfer with { Tlp = light },
            Subjects =
                chance.Next(0, 4) == 0
                    ? [new SubjectDraft(SubjectType.Person, World.Shielded) { Category = "suspect" }]
                    : [],
            Attachments =
            [
                Drafts.File($"{word}.txt", "text/plain", System.Text.Encoding.UTF8.GetBytes($"piece {word}")),
            ],
        };
        var result = await from.Get<RequestDesk>().SendAsync(officer, draft, Cancellation);
        if (result is not SendResult.Sent sent)
        {
            return $"{writer.Login} {kind} to {to.Id}: {result.GetType().Name}";
        }

        // What a node allows, the history allowed.
        rank.ShouldBeLessThanOrEqualTo(officer.Clearance, $"{writer.Login} sent {word}");
        rank.ShouldBeLessThanOrEqualTo(Bureau.Terms.CeilingRank, $"{writer.Login} sent {word}");
        Keep(
            new Item
            {
                Token = word,
                Kind = kind,
                From = from.Id,
                To = to.Id,
                Case = sent.Case,
                Message = sent.Message,
                Rank = rank,
                Codes = codes,
                Tlp = light,
                FromUnit = officer.Unit,
                ToUnit = unit,
                Shielded = draft.Subjects.Count > 0,
                Held = draft.Subjects.Count > 0 && from.Country != "MA" && to.Country == "MA",
            },
            writer.Login
        );
        return $"{writer.Login} {kind} {word} to {to.Id} rank {rank} {string.Join('+', codes)} {light}";
    }

    private async Task<string> AnswerAsync()
    {
        var open = Items.Where(item => item is { Kind: "request", Answered: false, Held: false }).ToList();
        if (open.Count == 0)
        {
            return await AskAsync();
        }

        var (asked, word) = (Pick(open), token());
        var house = world[asked.To];
        var writer = await AnswererAsync(house, asked);
        var officer = await writer.NowAsync();
        var (rank, codes) = (Rank(officer), Pick(Codes));
        var (shielded, named) = (chance.Next(0, 4) == 0, chance.Next(0, 3) == 0 ? $" sur {Asking}" : "");
        var draft = Drafts.Answer(asked.Message) with
        {
            Text = shielded ? $"Réponse {word} sur {Hidden()}{named}" : $"Réponse {word}{named}",
            Answers = new Dictionary<int, string> { [1] = $"Réponse {word}" },
            Rank = rank,
            Handling = codes,
        };
        var result = await house.Get<AnswerDesk>().AnswerAsync(officer, draft, Cancellation);
        if (result is not SendResult.Sent sent)
        {
            return $"{writer.Login} answer {asked.Token}: {result.GetType().Name}";
        }

        rank.ShouldBeLessThanOrEqualTo(officer.Clearance, $"{writer.Login} answered {word}");
        world.Oracle.Forbids(house.Id, officer, asked).ShouldBeNull($"{writer.Login} answered what they may not read");
        asked.Answered = true;
        Keep(
            new Item
            {
                Token = word,
                Kind = "answer",
                From = asked.To,
                To = asked.From,
                Case = asked.Case,
                Message = sent.Message,
                Rank = rank,
                Codes = codes,
                FromUnit = officer.Unit,
                ToUnit = asked.FromUnit,
                Held = house.Country != "MA" && world[asked.From].Country == "MA" && (shielded || asked.Shielded),
                Shielded = shielded,
            },
            writer.Login
        );
        return $"{writer.Login} answer {word} to {asked.Token} rank {rank} shielded {shielded}";
    }

    /// <summary>Somebody asks a giver's leave; the giver grants or refuses it, or takes back what was granted.</summary>
    private async Task<string> LeaveAsync()
    {
        if (Received() is not { } item)
        {
            return await AnswerAsync();
        }

        var (here, giver) = (world[item.To], world[item.From]);
        var asker = await here.Readers[0].NowAsync();
        var use = Pick("onward", "court", "dissemination");
        var third = world.Houses.Single(house => house.Id != item.From && house.Id != item.To).Id;
        var ask = new PermissionAsk(item.Message, use, third, Reason: "Dossier commun");
        var desk = here.Get<PermissionDesk>();
        if (await desk.AskAsync(asker, ask, Cancellation) is not SendResult.Sent asked)
        {
            return $"{asker.Login} may not ask {use} of {item.Token}";
        }

        await world.SettleAsync();
        var decider = await giver.Readers[0].NowAsync();
        var grant = chance.Next(0, 3) > 0;
        var deciding = giver.Get<PermissionDesk>();
        if (await deciding.DecideAsync(decider, asked.Message, grant, null, Cancellation) is not SendResult.Sent)
        {
            return $"{decider.Login} could not decide";
        }

        await world.SettleAsync();
        var leave = use == "onward" ? $"onward:{third}" : use;
        if (!grant || Down(item.From, item.To))
        {
            return $"{use} of {item.Token} refused, or not yet heard of";
        }

        item.Leave.Add(leave);
        if (chance.Next(0, 3) == 0)
        {
            await deciding.RevokeAsync(decider, asked.Message, null, Cancellation);
            item.Leave.Remove(leave);
            return $"{leave} of {item.Token} granted and taken back";
        }

        return $"{leave} of {item.Token} granted";
    }

    private async Task<string> PassOnAsync()
    {
        if (Received() is not { } item)
        {
            return await AnswerAsync();
        }

        var here = world[item.To];
        var third = world.Houses.Single(house => house.Id != item.From && house.Id != item.To);
        var writer = await Pick(here.Writers).NowAsync();
        var word = token();
        var draft = Drafts.Forward(item.Message, third.Id) with
        {
            Rank = Math.Max(item.Rank, chance.Next(0, 2)),
            Subject = $"Suite {word}",
            Text = $"Repris {word}",
            Handling = [],
            Questions = [],
            Safeguards = Drafts.Transfer,
        };
        var result = await here.Get<RequestDesk>().SendAsync(writer, draft, Cancellation);
        if (result is not SendResult.Sent sent)
        {
            return $"{writer.Login} may not pass {item.Token} on";
        }

        item.Leave.ShouldContain($"onward:{third.Id}", $"{writer.Login} passed {item.Token} on to {third.Id}");
        world.Oracle.Forbids(here.Id, writer, item).ShouldBeNull($"{writer.Login} passed on what they may not read");
        Keep(
            new Item
            {
                Token = word,
                Kind = "information",
                From = here.Id,
                To = third.Id,
                Case = sent.Case,
                Message = sent.Message,
                Rank = draft.Rank,
                FromUnit = writer.Unit,
                // Somebody else's information: no proof without its giver.
                Codes = [],
            },
            writer.Login
        );
        return $"{writer.Login} passed {item.Token} on to {third.Id} as {word}";
    }

    private async Task<string> NoteAsync()
    {
        if (Items.Count == 0)
        {
            return await AskAsync();
        }

        var item = Pick(Items);
        var house = world[item.Held ? item.From : Pick(item.From, item.To)];
        var writer = await Pick(house.Writers).NowAsync();
        var word = token();
        if (!await house.Get<CaseDesk>().NoteAsync(writer, item.Case, $"Remarque {word}", Cancellation))
        {
            return $"{writer.Login} may not note";
        }

        var beside = world.Oracle.Items.Where(other =>
            other.Case == item.Case
            && other.Kind != "note"
            && (other.From == house.Id || (other.To == house.Id && !other.Held))
        );
        var note = new Item
        {
            Token = word,
            Kind = "note",
            From = house.Id,
            To = house.Id,
            Case = item.Case,
            Beside = [.. beside],
        };
        Items.Add(note);
        world.Oracle.Add(note);
        return $"{writer.Login} noted {word}";
    }

    /// <summary>A sender takes back what it sent, and the receiver erases it.</summary>
    private async Task<string> RecallAsync()
    {
        if (Received() is not { } item || Down(item.From, item.To))
        {
            return await AskAsync();
        }

        var sender = await world[item.From].Readers[0].NowAsync();
        var draft = new CorrectionDraft(item.Message, "unlawful", DateTimeOffset.MaxValue.AddYears(-10));
        var begun = await world[item.From].Get<CorrectionDesk>().BeginAsync(sender, draft, Cancellation);
        await world.SettleAsync();
        if (begun is not SendResult.Sent)
        {
            return $"{item.Token} not recalled";
        }

        var receiver = await world[item.To].Readers[0].NowAsync();
        var waiting = await world[item.To].Get<CorrectionBook>().WaitingAsync(receiver, Cancellation);
        if (waiting.FirstOrDefault(row => row.MessageId == item.Message) is not { } told)
        {
            return $"{item.Token} recalled, not heard of";
        }

        var choice = new CorrectionChoice(told.Id, CorrectionActions.Erased);
        var done = await world[item.To].Get<CorrectionChoices>().DecideAsync(receiver, choice, Cancellation);
        if (done is SendResult.Sent)
        {
            item.ErasedAt.Add(item.To);
        }

        return $"{item.Token} recalled: {done.GetType().Name}";
    }

    private async Task<string> AsideAsync()
    {
        if (Received() is not { } item)
        {
            return await AnswerAsync();
        }

        var house = world[item.To];
        if (item.AsideAt.Contains(house.Id))
        {
            var guardian = await house
                .Readers.Single(one => one.Login.EndsWith(".guard", StringComparison.Ordinal))
                .NowAsync();
            if (await house.Get<QuarantineDesk>().LiftAsync(guardian, item.Message, Cancellation))
            {
                item.AsideAt.Remove(house.Id);
            }

            return $"{item.Token} no longer aside";
        }

        var officer = await Pick(house.Writers).NowAsync();
        if (!await house.Get<QuarantineDesk>().RaiseAsync(officer, item.Message, Cancellation))
        {
            return $"{officer.Login} may not doubt {item.Token}";
        }

        world.Oracle.Forbids(house.Id, officer, item).ShouldBeNull($"{officer.Login} doubted what they may not read");
        item.AsideAt.Add(house.Id);
        return $"{item.Token} aside";
    }

    /// <summary>An officer is moved to another unit, or cleared for more or less.</summary>
    private async Task<string> PersonAsync()
    {
        var house = Pick(world.Houses);
        var reader = Pick([.. house.Readers.Skip(1)]); // The first of each house stays, for there is work to do.
        var store = house.Get<AccountStore>();
        var account = (await store.FindByNameAsync(reader.Login, Cancellation))!; // Nobody leaves.
        account.Unit = Pick(
            "liaison",
            house.Readers.Any(one => one.Login.EndsWith(".other", StringComparison.Ordinal)) ? "customs" : "liaison"
        );
        account.Clearance = chance.Next(0, 3);
        var desk = house.Get<AccountDesk>();
        await house.Node.Database.WriteAsync(
            t => desk.ChangeAsync(t, account, "admin", "account-changed", Cancellation),
            Cancellation
        );
        return $"{reader.Login} now {account.Unit} {account.Clearance}";
    }

    private async Task<string> SuspendAsync()
    {
        if (_suspended.Count > 0)
        {
            await EndAsync();
            return "links up again";
        }

        var (house, other) = TwoHouses();
        await house.Get<LinkCeremony>().SuspendAsync(other.Id, "essai", "securite-1", Cancellation);
        _suspended.Add((house.Id, other.Id));
        return $"{house.Id} suspended {other.Id}";
    }

    private async Task<string> RestartAsync()
    {
        var house = Pick(world.Houses);
        await house.Node.RestartAsync();
        return $"{house.Id} started again";
    }

    /// <summary>What they are cleared for and the links carry, as a rule; now and then something else.</summary>
    private int Rank(Officer officer) =>
        chance.Next(0, 5) == 0 ? chance.Next(0, 3) : chance.Next(0, Math.Min(officer.Clearance, 1) + 1);

    /// <summary>Somebody of the unit that was asked, as a rule.</summary>
    private async Task<Reader> AnswererAsync(House house, Item asked)
    {
        foreach (var writer in house.Writers)
        {
            var officer = await writer.NowAsync();
            if (officer.Unit == asked.ToUnit && officer.Clearance >= asked.Rank && chance.Next(0, 4) > 0)
            {
                return writer;
            }
        }

        return Pick(house.Writers);
    }

    /// <summary>However it is written, it is the same person.</summary>
    private string Hidden() =>
        Pick(World.Shielded, World.Shielded.ToLowerInvariant(), World.Shielded.ToUpperInvariant());

    /// <param name="login">Who disclosed it; null where the node did by itself.</param>
    private void Keep(Item item, string? login)
    {
        Items.Add(item);
        world.Oracle.Add(item);
        if (!item.Held && login is not null)
        {
            Sent.Add((item.Message, login, item.From, item.To, item.Kind));
        }
    }

    private bool Down(string one, string other) =>
        _suspended.Any(link =>
            (link.Node == one && link.Partner == other) || (link.Node == other && link.Partner == one)
        );

    /// <summary>Something that one node gave another, and that is there.</summary>
    private Item? Received()
    {
        var given = Items
            .Where(item => item is { Kind: "answer" or "information", Held: false } && item.ErasedAt.Count == 0)
            .ToList();
        return given.Count == 0 ? null : Pick(given);
    }

    private (House From, House To) TwoHouses()
    {
        var from = chance.Next(0, 3);
        return (world.Houses[from], world.Houses[(from + chance.Next(1, 3)) % 3]);
    }

    private T Pick<T>(params IReadOnlyList<T> among) => among[chance.Next(0, among.Count)];
}
