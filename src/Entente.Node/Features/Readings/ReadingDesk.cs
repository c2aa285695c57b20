using System.Text;
using Entente.Node.Features.Record;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Reading;

namespace Entente.Node.Features.Readings;

/// <summary>Takes texts in and reads them, once each.</summary>
internal sealed class ReadingDesk(
    Database database,
    LedgerLog ledger,
    Ids ids,
    TimeProvider clock,
    Recorder recorder,
    RecordBook book
)
{
    private const int LongestName = 200;

    /// <param name="name">The file's name, for people to recognise it.</param>
    /// <param name="actor">Login of whoever hands the text in.</param>
    public Task<Reception> ReceiveAsync(
        string name,
        ReadOnlyMemory<byte> bytes,
        string actor,
        CancellationToken cancellation
    )
    {
        var decoded = TextDecoding.Read(bytes.Span);
        return decoded.Text is { } text
            ? ReceiveTextAsync(name, text, actor, cancellation)
            : Task.FromResult(new Reception(name, null, ReceptionState.Refused, Refusal(decoded.Refusal)));
    }

    /// <summary>The same for a text that was pasted.</summary>
    public async Task<Reception> ReceiveTextAsync(
        string name,
        string text,
        string actor,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Reception(name, null, ReceptionState.Refused, ReadingRefusal.Empty);
        }

        text = HtmlText.LooksLikeHtml(text) ? HtmlText.Extract(text) : text;
        // PostgreSQL keeps no zero character, and neither engine an unpaired surrogate.
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', ' '))).ReplaceLineEndings("\n");
        var hash = Entente.Protocol.Hash.Of(Encoding.UTF8.GetBytes(text.Trim())).ToString();
        // Before the transaction: reading takes milliseconds in which nobody else could write.
        var known = await database.ReadAsync(c => ReadingStore.ByHashAsync(c, hash, cancellation), cancellation);
        if (known is not null)
        {
            return new Reception(name, known, ReceptionState.AlreadyRead, null);
        }

        var hints = new ReadingHints(KnownNames: await book.KnownNamesAsync(cancellation));
        var read = CommuniqueReader.Default.Read(text, hints);
        var draft = await RecogniseAsync(DraftOf.Reading(read), cancellation);
        return await KeepAsync(Entered(name, text, read, draft, actor), hash, cancellation);
    }

    private async Task<Draft> RecogniseAsync(Draft draft, CancellationToken cancellation)
    {
        var officials = new List<KnownOfficial>();
        foreach (var country in draft.Many("partner"))
        {
            officials.AddRange(await book.OfficialsAsync(country, cancellation));
        }

        return KnownPeople.Recognise(draft, officials);
    }

    private Task<Reception> KeepAsync(ReadingText one, string hash, CancellationToken cancellation) =>
        database.WriteAsync(
            async t =>
            {
                var row = one.Row with { SameAs = await Twins.FindAsync(t, one, cancellation) };
                if (!await ReadingStore.AddAsync(t, one with { Row = row }, hash, cancellation))
                {
                    await Twins.ForgetAsync(t, row.Id, cancellation);
                    var first = await ReadingStore.ByHashAsync(t.Connection, hash, cancellation);
                    return new Reception(row.Name, first, ReceptionState.AlreadyRead, null);
                }

                var leaf = new LedgerEvent(row.ReceivedBy, LedgerAction.Collect, $"reading:{row.Id}", "received", hash);
                await ledger.AppendAsync(t, leaf, cancellation);
                var none = row.State == ReadingStates.None;
                return new Reception(row.Name, row.Id, none ? ReceptionState.NoEncounter : ReceptionState.Draft, null);
            },
            cancellation
        );

    private ReadingText Entered(string name, string text, Entente.Reading.Reading reading, Draft draft, string actor)
    {
        var row = new ReadingRow
        {
            Id = ids.New(),
            Name = name.Length > LongestName ? name[..LongestName] : name,
            State = draft.Kind == "none" ? ReadingStates.None : ReadingStates.Draft,
            ReceivedAt = clock.GetUtcNow(),
            ReceivedBy = actor,
            Title = reading.Title ?? FirstLine(text),
            Language = draft.Language,
        };
        return new ReadingText(Summary(row, draft), draft, text);
    }

    /// <summary>The columns that lists show and search by, after the draft.</summary>
    internal ReadingRow Summary(ReadingRow row, Draft draft) =>
        row with
        {
            Kind = draft.Kind,
            Date = draft.Single("date"),
            Published = draft.Single("published"),
            Partners = string.Join(' ', recorder.Partners(draft.Many("partner")).Order(StringComparer.Ordinal)),
            Confidence = draft.Confidence,
        };

    private static string FirstLine(string text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOf('\n');
        line = end < 0 ? line : line[..end].Trim();
        return line.Length > LongestName ? string.Concat(line[..LongestName], "…") : line.ToString();
    }

    private static ReadingRefusal Refusal(DecodingRefusal? refusal) =>
        refusal switch
        {
            DecodingRefusal.Binary => ReadingRefusal.Binary,
            DecodingRefusal.TooLarge => ReadingRefusal.TooLarge,
            _ => ReadingRefusal.Empty,
        };
}

/// <param name="Name">As it was handed in, so that each of several files can be told about.</param>
/// <param name="Reading">The reading's id, unless refused.</param>
public sealed record Reception(string Name, string? Reading, ReceptionState State, ReadingRefusal? Refusal);

public enum ReceptionState
{
    Draft,

    /// <summary>Read, but it tells of no encounter.</summary>
    NoEncounter,

    /// <summary>The same text was read before; nothing new was made.</summary>
    AlreadyRead,
    Refused,
}
