using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Features.Exchange.Duplicates;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>Keeps the state of requests in step with what partners send, inside the receiver's transaction.</summary>
internal sealed class ExchangeReception(
    UnitBook units,
    LegalClock legalClock,
    ProgressReception progress,
    PermissionReception permissions,
    SearchWords words,
    Twins twins,
    ExchangeLive live
) : IReception
{
    private static readonly string Policy = Reason.Policy.Code();

    public async Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var requests = new List<RequestRow>();
        foreach (var incoming in messages)
        {
            var message = incoming.Message;
            if (!Projection.HasRow(message.Kind))
            {
                incoming.Refusal = await FollowAsync(transaction, message, receivedAt, cancellation);
            }
            else if (Projection.Terms(message) is { Domain.Length: > 0 } terms)
            {
                requests.Add(Row(message, terms, receivedAt));
            }
            else
            {
                incoming.Refusal = Policy;
            }
        }

        requests = await OfTheirCasesAsync(transaction, await OfOwnUnitsAsync(requests, cancellation), cancellation);
        await RequestRows.InsertAsync(transaction, requests, cancellation);
        live.Changed(transaction, requests);
    }

    public async Task KeptAsync(
        Transaction transaction,
        IReadOnlyList<KeptMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var requests = messages
            .Where(kept => Projection.HasRow(kept.Message.Kind))
            .Select(kept => (Country: Country(kept.Message), By: By(kept)))
            .ToList();
        // What asks the database goes first: what is only written goes to it together.
        await twins.ArrivedAsync(transaction, requests, receivedAt, cancellation);
        await SearchWords.SaveAsync(transaction, [.. requests.Select(request => request.By)], cancellation);
    }

    private FoundBy By(KeptMessage kept) =>
        new(
            kept.Message.Id.ToString(),
            kept.Leaf,
            words.Hashes(Projection.Texts(kept.Message)),
            [.. twins.Hashes(kept.Message)]
        );

    private static string Country(Message message) => message.From.Node.Country.ToUpperInvariant();

    private RequestRow Row(Message message, RequestTerms terms, DateTimeOffset receivedAt)
    {
        var row = Projection.Row(message, terms, "in", receivedAt);
        var reading = legalClock.Read(row, receivedAt, []);
        return row with
        {
            Received = receivedAt,
            Due = reading?.Due,
            SortAt = reading?.SortAt ?? receivedAt,
            WarnAt = reading?.WarnAt,
            EscalateAt = reading?.EscalateAt,
        };
    }

    /// <summary>A request to a unit that we do not have is everybody's.</summary>
    private async Task<List<RequestRow>> OfOwnUnitsAsync(List<RequestRow> requests, CancellationToken cancellation)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var slug in requests.Select(row => row.Unit).Distinct())
        {
            if (await units.FindAsync(slug, cancellation) is { } unit)
            {
                own.Add(unit.Slug);
            }
        }

        return [.. requests.Select(row => own.Contains(row.Unit) ? row : row with { Unit = "" })];
    }

    /// <summary>
    /// Who reads a case is for this house to say: whoever asks in a case that is here already asks those who have it, not
    /// another unit beside them, and not everybody.
    /// </summary>
    private static async Task<List<RequestRow>> OfTheirCasesAsync(
        Transaction transaction,
        List<RequestRow> requests,
        CancellationToken cancellation
    )
    {
        const string select = "SELECT case_id, unit FROM request WHERE case_id ";
        const string order = " ORDER BY sent, id";
        var dialect = new Dialect(transaction.Engine);
        var with = new { Ids = dialect.Many([.. requests.Select(row => row.CaseId).Distinct()]) };
        IReadOnlyList<CaseUnit> known =
            requests.Count == 0
                ? []
                : await transaction.ListAsync<CaseUnit>(select + dialect.AmongMany + order, with, cancellation);
        var units = known
            .GroupBy(one => one.CaseId, StringComparer.Ordinal)
            .ToDictionary(one => one.Key, one => one.Select(u => u.Unit).ToList(), StringComparer.Ordinal);
        var filed = new List<RequestRow>(requests.Count);
        foreach (var row in requests)
        {
            if (!units.TryGetValue(row.CaseId, out var have))
            {
                units[row.CaseId] = [row.Unit];
            }

            var theirs = have is null || have.Contains(row.Unit) || have.Contains("");
            filed.Add(theirs ? row : row with { Unit = have![0] }); // Not theirs: it was found.
        }

        return filed;
    }

    private sealed record CaseUnit
    {
        public required string CaseId { get; init; }
        public required string Unit { get; init; }
    }

    /// <summary>What refers to a message of ours, or to nothing that we keep a row of.</summary>
    private Task<string?> FollowAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    ) =>
        message.Kind switch
        {
            Kinds.Answer => AnswerAsync(transaction, message, receivedAt, cancellation),
            // What a side says of a commitment is no matter of a request's.
            Kinds.Progress when message.Body.TryGetProperty("commitment", out _) => Task.FromResult<string?>(null),
            Kinds.Progress => progress.AcceptAsync(transaction, message, receivedAt, cancellation),
            Kinds.Permission => permissions.AcceptAsync(transaction, message, receivedAt, cancellation),
            _ => Task.FromResult<string?>(null),
        };

    private async Task<string?> AnswerAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        var body = message.AsAnswer();
        var row = await OwnAsync(transaction, message.ReplyTo, message, cancellation);
        if (row is not { Kind: Kinds.Request } || !body.Ok)
        {
            return Policy;
        }

        var answer = new RequestAnswer(
            message.Id.ToString(),
            receivedAt,
            OutcomeCodes.Code(body.Value.Outcome),
            body.Value.Ground
        )
        {
            IsPart = body.Value.Outcome == Outcome.Partial && body.Value.Flag(WireMembers.More),
        };
        await RequestRows.AnsweredAsync(transaction, row, answer, cancellation);
        live.Changed(transaction, row);
        return null;
    }

    /// <summary>
    /// Our own request to that very partner, in its own case; null for anything else. What is filed under another case
    /// nobody would find, or others than those who asked.
    /// </summary>
    private static async Task<RequestRow?> OwnAsync(
        Transaction transaction,
        Guid? id,
        Message message,
        CancellationToken cancellation
    )
    {
        var row = id is { } known ? await RequestRows.FindAsync(transaction, known.ToString(), cancellation) : null;
        return
            row is { Direction: "out" }
            && row.Partner == message.From.Node.ToString()
            && row.CaseId == message.Case.ToString()
            ? row
            : null;
    }
}
