using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Protection;
using Entente.Node.Features.Record;
using Entente.Node.Guard;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Web;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Breach;

/// <summary>
/// Tells partners whose messages a breach concerns: an information like any other, judged by the guard, signed and
/// receipted, which says in its body that it is a notice of a breach.
/// </summary>
internal sealed class BreachNotices(
    Database database,
    BreachBook book,
    RequestDesk requests,
    SeenMessages messages,
    LinkDirectory links,
    QuietLinks quiet,
    SearchWords search,
    RecordBook record,
    LabelBook labels,
    LedgerLog ledger,
    TimeProvider clock
)
{
    /// <param name="words">Our own lines go along: their writer says that they tell of no person.</param>
    /// <returns>What stood against the first partner that was not told; null when all were.</returns>
    public async Task<BreachError?> SendAsync(
        Officer officer,
        string id,
        string language,
        bool words,
        CancellationToken cancellation
    )
    {
        var file = await book.FindAsync(id, cancellation);
        if (file is null || file.Breach.ClosedAt is not null)
        {
            return file is null ? new BreachError.Unknown() : new BreachError.Closed();
        }

        if (file.Unwritten.Count == 0)
        {
            return new BreachError.NobodyToTell();
        }

        if (words && await NamesPersonAsync(file, cancellation))
        {
            return new BreachError.NamesPerson();
        }

        BreachError? first = null;
        foreach (var partner in file.Unwritten)
        {
            first ??= await SendAsync(officer, file, partner, language, words, cancellation);
        }

        return first;
    }

    /// <summary>What the guard says to the next notice; null where it says nothing, or there is none to send.</summary>
    public async Task<Decision?> AgainstAsync(
        Officer officer,
        BreachFile file,
        string language,
        bool words,
        CancellationToken cancellation
    )
    {
        if (
            file.Unwritten.Count == 0
            || await DraftToAsync(file, file.Unwritten[0], language, words, cancellation) is not { } draft
        )
        {
            return null;
        }

        var (review, _) = await requests.CheckAsync(officer, draft, cancellation);
        return review?.Decision is { Verdict: Verdict.Refuse } decision ? decision : null;
    }

    private async Task<BreachError?> SendAsync(
        Officer officer,
        BreachFile file,
        string partner,
        string language,
        bool words,
        CancellationToken cancellation
    )
    {
        if (await DraftToAsync(file, partner, language, words, cancellation) is not { } draft)
        {
            return new BreachError.Refused(null);
        }

        switch (await requests.SendAsync(officer, draft, cancellation))
        {
            case SendResult.Sent sent:
                await KeepAsync(officer, Row(file.Breach, partner, sent.Message, draft), cancellation);
                return null;
            case SendResult.Waiting waiting:
                var asked = Row(file.Breach, partner, waiting.Message, draft) with { Approval = waiting.Approval };
                await KeepAsync(officer, asked, cancellation);
                return new BreachError.Waits();
            case SendResult.Refused refused:
                return new BreachError.Refused(refused.Decision);
            default:
                return new BreachError.Refused(null);
        }
    }

    /// <summary>Null where the link or the message is no more.</summary>
    private async Task<RequestDraft?> DraftToAsync(
        BreachFile file,
        string partner,
        string language,
        bool words,
        CancellationToken cancellation
    )
    {
        var link = await links.FindAsync(partner, cancellation);
        List<string> concerned = [.. file.Affected.Where(one => one.Partner == partner).Select(one => one.MessageId)];
        var message = await messages.FindAsync(concerned[0], cancellation); // Concerned: it has one.
        return link is null || message is null
            ? null
            : await DraftAsync(file, link, message, concerned, language, words, cancellation);
    }

    private async Task<RequestDraft> DraftAsync(
        BreachFile file,
        Link link,
        StoredMessage message,
        IReadOnlyList<string> concerned,
        string language,
        bool words,
        CancellationToken cancellation
    )
    {
        var bases = await record.BasesAsync(link.Country, cancellation);
        var opened = await messages.OpenAsync(message.Id, cancellation);
        var domain = opened is null ? null : Projection.Terms(opened.Message)?.Domain;
        var named = await NamedAsync(link.Partner, concerned, cancellation);
        return new RequestDraft
        {
            Kind = Kinds.Information,
            To = $"{(message.Direction == MessageDirection.Out ? message.ToUnit : message.FromUnit)}@{link.Partner}",
            Subject = labels.Text("breach.notice.subject", language),
            Language = language,
            Domain =
                domain is not null && link.Settings.Domains.Contains(domain)
                    ? domain
                    : link.Settings.Domains.Order(StringComparer.Ordinal).FirstOrDefault(),
            Purpose = labels.Text("breach.notice.purpose", language),
            Basis =
                opened?.Message.Basis is { } basis && bases.Any(b => b.Id == basis.Instrument) ? basis.Instrument
                : bases.Count > 0 ? bases[0].Id
                : null,
            Handling = ["H0"],
            // What we say of ourselves.
            Reliability = "A",
            Accuracy = "1",
            Text = Text(file, language, words),
            Breach = new BreachNotice(file.Breach.Id, file.Breach.NoticedAt, file.Breach.Nature.Split(','), named),
        };
    }

    private string Text(BreachFile file, string language, bool words) =>
        string.Join(
            "\n\n",
            Words(file.Facts)
                .Where(_ => words)
                .Prepend(labels.Text("breach.notice.text", language))
                .Where(part => part.Length > 0)
        );

    /// <summary>What of our own lines goes along; who is concerned never does.</summary>
    private static string[] Words(BreachFacts facts) => [facts.What, facts.Consequences, facts.Measures, facts.Contact];

    /// <summary>
    /// Which messages the partner is told of. On a quiet link its own alone: of ours, it may not have got all that we wrote.
    /// </summary>
    private async Task<IReadOnlyList<Guid>> NamedAsync(
        string partner,
        IReadOnlyList<string> concerned,
        CancellationToken cancellation
    )
    {
        var named = new List<Guid>();
        foreach (var id in concerned)
        {
            if (!quiet.Is(partner) || await messages.FindAsync(id, cancellation) is { Direction: MessageDirection.In })
            {
                named.Add(Guid.Parse(id));
            }
        }

        return named;
    }

    /// <summary>Does a line of ours name somebody whom a message concerned names?</summary>
    private async Task<bool> NamesPersonAsync(BreachFile file, CancellationToken cancellation)
    {
        var said = search.Hashes(Words(file.Facts)).ToHashSet();
        foreach (var few in file.Affected.Select(one => one.MessageId).Chunk(50))
        {
            var opened = await messages.OpenAsync(few, cancellation);
            var names = opened.Values.SelectMany(one => one.Message.Subjects ?? []).SelectMany(Names);
            if (names.Select(name => search.Hashes([name])).Any(name => name.Count > 0 && name.All(said.Contains)))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<string> Names(Subject subject) =>
        subject.Type == SubjectType.Person ? subject.Properties.GetValueOrDefault("name") ?? [] : [];

    private BreachNoticeRow Row(BreachCase breach, string partner, string message, RequestDraft draft) =>
        new()
        {
            MessageId = message,
            Direction = "out",
            Partner = partner,
            BreachId = breach.Id,
            At = clock.GetUtcNow(),
            NoticedAt = breach.NoticedAt,
            Nature = breach.Nature,
            Messages = string.Join(',', draft.Breach!.Messages), // A notice has one.
        };

    private Task KeepAsync(Officer officer, BreachNoticeRow row, CancellationToken cancellation)
    {
        var leaf = new LedgerEvent(
            officer.Login,
            LedgerAction.Decide,
            $"breach:{row.BreachId}",
            row.Approval is null ? "breach-notice-sent" : "breach-notice-asked",
            Link: row.Partner
        );
        return database.WriteAsync(
            async t =>
            {
                await InsertAsync(t, row, cancellation);
                await ledger.AppendAsync(t, leaf, cancellation);
            },
            cancellation
        );
    }

    public static Task<int> InsertAsync(Transaction t, BreachNoticeRow row, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO breach_notice (message_id, direction, partner, breach_id, at, noticed_at, nature, messages,
                approval)
            VALUES (@MessageId, @Direction, @Partner, @BreachId, @At, @NoticedAt, @Nature, @Messages, @Approval)
            ON CONFLICT (message_id) DO NOTHING
            """;
        return t.RunAsync(sql, row, cancellation);
    }
}
