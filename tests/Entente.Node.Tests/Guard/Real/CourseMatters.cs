using Entente.Node.Features.Corrections;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Rights;
using Entente.Node.Features.Texts;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>What happens beside requests and answers: joint texts, persons' rights, what is put right, another purpose.</summary>
internal sealed partial class Course
{
    /// <summary>Named in some answers; asked about on behalf of a person.</summary>
    private const string Asking = "Ahmed Factice";
    private readonly Dictionary<string, string> _rights = [];

    /// <summary>A desk opens a text or adds to one, and as a rule sends it.</summary>
    private async Task<string> TextAsync()
    {
        var house = world["ma.interieur"];
        var desk = await house.Reader("ma.desk").NowAsync();
        var texts = Items.Where(item => item.Kind == "text").ToList();
        var word = token();
        var partner = Pick("es.interior", "de.bmi");
        var rank = Rank(desk);
        string text;
        if (texts.Count > 0 && chance.Next(0, 2) == 0)
        {
            var first = Pick(texts);
            (text, partner, rank) = (first.Case, first.To, first.Rank);
            var clause = new NewClause(new Dictionary<string, string> { ["fr"] = $"Point {word}" });
            if (await house.Get<ClauseDesk>().AddAsync(desk, text, null, clause, Cancellation) is { } refusal)
            {
                return $"{desk.Login} may not add to {first.Token}: {refusal}";
            }
        }
        else
        {
            // A title stands in the record, in clear, as instruments' do.
            var title = new Dictionary<string, string> { ["fr"] = "Texte commun" };
            var words = new Dictionary<string, string> { ["fr"] = $"Point {word}" };
            var begun = new NewText(partner, "declaration-of-intent", ["fr"], title, [new NewClause(words)], rank);
            (var id, _) = await house.Get<TextOpening>().OpenAsync(desk, begun, Cancellation);
            text = id!; // Linked.
        }

        var item = new Item
        {
            Token = word,
            Kind = "text",
            From = house.Id,
            To = partner,
            Case = text,
            Rank = rank,
            Draft = true,
        };
        Items.Add(item);
        world.Oracle.Add(item);
        var sent = chance.Next(0, 3) > 0 && await house.Get<TextSending>().SendAsync(desk, text, Cancellation) is null;
        foreach (var said in Items.Where(one => sent && one.Case == text))
        {
            said.Draft = false;
        }

        return $"{desk.Login} text {word} for {partner} rank {rank} sent {sent}";
    }

    /// <summary>Somebody asks about their own data, or a letter to them is written.</summary>
    private async Task<string> RightsAsync()
    {
        var house = Pick(world.Houses);
        var guardian = await house
            .Readers.Single(one => one.Login.EndsWith(".guard", StringComparison.Ordinal))
            .NowAsync();
        if (_rights.TryGetValue(house.Id, out var asked))
        {
            var found = await house.Get<HeldData>().FindAsync(guardian, asked, Asking, Cancellation);
            foreach (var held in found)
            {
                var item = Items.FirstOrDefault(one => one.Message == held.Opened.Stored.Id);
                (item is null ? null : world.Oracle.ForbidsHeld(house.Id, guardian, item)).ShouldBeNull(
                    $"{guardian.Login} found {item?.Token} on behalf of a person"
                );
            }

            return $"{guardian.Login} found {found.Count} on behalf of a person";
        }

        var word = token();
        var facts = new RightsFacts { Name = Asking, Asked = $"Accès {word}" };
        var (id, _) = await house
            .Get<RightsDesk>()
            .RecordAsync(guardian, RightsRequest.Access, "fr", house.Node.Clock.GetUtcNow(), facts, Cancellation);
        _rights[house.Id] = id!; // Complete.
        var record = new Item
        {
            Token = word,
            Kind = "rights",
            From = house.Id,
            To = house.Id,
            Case = id!, // As above.
        };
        Items.Add(record);
        world.Oracle.Add(record);
        return $"{guardian.Login} recorded {word}";
    }

    /// <summary>A sender says what is right, and the receiver puts it in the wrong one's place, or keeps that.</summary>
    private async Task<string> RectifyAsync()
    {
        if (Received() is not { } item || Down(item.From, item.To))
        {
            return await AskAsync();
        }

        var word = token();
        var sender = await world[item.From].Readers[0].NowAsync();
        var draft = new CorrectionDraft(
            item.Message,
            "inaccurate",
            DateTimeOffset.MaxValue.AddYears(-10),
            Text: $"Exact {word}"
        );
        var begun = await world[item.From].Get<CorrectionDesk>().BeginAsync(sender, draft, Cancellation);
        await world.SettleAsync();
        if (begun is not SendResult.Sent sent)
        {
            return $"{item.Token} not rectified: {begun.GetType().Name}";
        }

        Keep(
            new Item
            {
                Token = word,
                Kind = "correction",
                From = item.From,
                To = item.To,
                Case = item.Case,
                Message = sent.Message,
                Rank = item.Rank,
            },
            login: null
        );
        var receiver = await world[item.To].Readers[0].NowAsync();
        var waiting = await world[item.To].Get<CorrectionBook>().WaitingAsync(receiver, Cancellation);
        if (waiting.FirstOrDefault(row => row.MessageId == item.Message) is not { } told)
        {
            return $"{item.Token} rectified by {word}, not heard of";
        }

        var keeps = chance.Next(0, 3) == 0;
        var choice = keeps
            ? new CorrectionChoice(told.Id, CorrectionActions.Refused, "evidence", "Procédure inventée")
            : new CorrectionChoice(told.Id, CorrectionActions.Rectified);
        var done = await world[item.To].Get<CorrectionChoices>().DecideAsync(receiver, choice, Cancellation);
        if (done is SendResult.Sent && !keeps)
        {
            item.ErasedAt.Add(item.To);
        }

        return $"{item.Token} rectified by {word}: {choice.State} {done.GetType().Name}";
    }

    /// <summary>A receiver asks to use for another purpose what it was given; the words are content too.</summary>
    private async Task<string> PurposeAsync()
    {
        if (Received() is not { } item || Down(item.From, item.To))
        {
            return await AnswerAsync();
        }

        var (here, word) = (world[item.To], token());
        var asker = await here.Readers[0].NowAsync();
        var ask = new PermissionAsk(item.Message, PermissionUses.Purpose, null, $"Finalité {word}", $"Motif {word}");
        if (await here.Get<PermissionDesk>().AskAsync(asker, ask, Cancellation) is not SendResult.Sent asked)
        {
            return $"{asker.Login} may not ask another purpose of {item.Token}";
        }

        Keep(
            new Item
            {
                Token = word,
                Kind = "permission",
                From = item.To,
                To = item.From,
                Case = item.Case,
                Message = asked.Message,
                Rank = item.Rank,
            },
            asker.Login
        );
        await world.SettleAsync();
        var decider = await world[item.From].Readers[0].NowAsync();
        var desk = world[item.From].Get<PermissionDesk>();
        var done = await desk.DecideAsync(decider, asked.Message, chance.Next(0, 2) == 0, null, Cancellation);
        return $"{asker.Login} asked another purpose of {item.Token} as {word}: {done.GetType().Name}";
    }
}
