using System.Globalization;
using Dapper;
using Entente.Node.Features.Exchange;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Bench;

/// <summary>
/// A store as years of work leave it, written straight into the tables: cases of a request and its answer with many
/// partners, sealed contents under keys of their own, words, envelopes and their entries, ledger leaves. Signatures are
/// made up: nothing here is verified, only found again.
/// </summary>
internal sealed class GrowthFill(Database database, LedgerLog ledger, ContentSeal seal, SearchWords words)
{
    public const string CommonWord = "essai";
    private const int Partners = 40;
    private const int Units = 200;
    private const int EnvelopeSize = 64;
    private const int Chunk = 4096;
    private const int MostOpen = 100_000;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(6);
    private static readonly DateTimeOffset End = TimeProvider.System.GetUtcNow().AddHours(-1);

    private readonly long[] _seq = new long[2 * Partners];
    private readonly PastClock _clock = new();
    private readonly GrowthWords _words = new();

    /// <summary>Cases that are there to be opened, spread over the years.</summary>
    public List<(string Case, string Request, string Word)> Samples { get; } = [];

    public static string Unit(long i) => $"unite{i % Units:000}";

    /// <param name="content">The line that every message seals, under a key of its own.</param>
    public async Task RunAsync(long messages, ReadOnlyMemory<byte> content, Action<long> done)
    {
        var cases = messages / 2;
        var open = Math.Min(MostOpen, Math.Max(50, cases / 100));
        for (long from = 0; from < cases; from += Chunk / 2)
        {
            var to = Math.Min(cases, from + (Chunk / 2));
            var rows = new GrowthRows();
            for (var i = from; i < to; i++)
            {
                Case(rows, i, cases, open);
            }

            await database.WriteAsync(t => StoreAsync(t, rows, content), default);
            done(2 * to);
        }

        await _words.StoreAsync(database);
    }

    /// <summary>Finds samples in a store that is there; returns how many messages it holds.</summary>
    public Task<long> FindAsync()
    {
        const string count = "SELECT COUNT(*) FROM request";
        const string at = "SELECT id, case_id FROM request WHERE id >= @Id ORDER BY id LIMIT 1";
        const string ends = "SELECT MIN(sent) AS first, MAX(sent) AS last FROM request";
        return database.ReadAsync(
            async c =>
            {
                var cases = await c.OneAsync<long>(count, null, default);
                var (first, last) = await c.QuerySingleAsync<(long First, long Last)>(ends);
                for (var i = 0; i < 200; i++)
                {
                    _clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(first + ((last - first) / 200 * i));
                    var row = await c.QuerySingleAsync<(string Id, string Case)>(
                        at,
                        new { Id = new Ids(_clock).New() }
                    );
                    Samples.Add(
                        (row.Case, row.Id, "dossier" + (cases / 200 * i).ToString(CultureInfo.InvariantCulture))
                    );
                }

                return 2 * cases;
            },
            default
        );
    }

    private void Case(GrowthRows rows, long i, long cases, long open)
    {
        var partner = (int)(i % Partners);
        var name = $"p{partner:00}.police";
        var incoming = i / Partners % 2 == 0;
        _clock.Now = End - ((cases - i) * Between);
        var ids = new Ids(_clock);
        var (request, answer, caseId) = (ids.New(), ids.New(), ids.New());
        var answered = i < cases - open;
        var at = _clock.Now.ToUnixTimeMilliseconds();
        var word = "dossier" + i.ToString(CultureInfo.InvariantCulture);
        rows.Message(request, name, incoming, Next(partner, incoming), "request", caseId, null, Unit(i), at);
        rows.Message(answer, name, !incoming, Next(partner, !incoming), "answer", caseId, request, Unit(i), at + 1);
        rows.Request(request, name, incoming, caseId, Unit(i), at, answered ? answer : null);
        foreach (var hash in words.Hashes([CommonWord, word, "mot" + (i % 5000), "nom" + (i % 200_000)]))
        {
            rows.Words.Add((hash, rows.Messages.Count - 2)); // The request; its answer came after it.
        }

        if (i % Math.Max(1, cases / 200) == 0)
        {
            Samples.Add((caseId, request, word));
        }
    }

    private long Next(int partner, bool incoming) => ++_seq[(2 * partner) + (incoming ? 1 : 0)];

    private async Task StoreAsync(Transaction t, GrowthRows rows, ReadOnlyMemory<byte> content)
    {
        var contents = await seal.SealAsync(t, [.. rows.Messages.Select(_ => content)], default);
        var leaf = await ledger.AppendAsync(t, [.. rows.Messages.Select(Leaf)], default);
        rows.Words.ForEach(word => _words.Add(word.Hash, leaf + word.Message));
        await rows.StoreAsync(t, leaf, contents, EnvelopeSize);
    }

    private static LedgerEvent Leaf(object?[] message) =>
        new(
            "agent.liaison",
            (string)message[2]! == "in" ? LedgerAction.Receive : LedgerAction.Disclose, // A row's direction.
            $"message:{message[0]}",
            (string)message[4]!, // Its kind.
            Hash.Zero.ToString(),
            (string)message[1]! // Its partner.
        );

    private sealed class PastClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
