using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Features.Recovery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// Rows of what this node sent before it was restored to an older state. Who of its officers did it is not in a message, and
/// does not come back.
/// </summary>
internal sealed class ExchangeRecovery(
    MessageStore messages,
    SearchWords words,
    ClockKeeper clocks,
    LegalClock legalClock
) : IForgottenSending
{
    public Task SentAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    ) =>
        message.Kind switch
        {
            Kinds.Request or Kinds.Information or Kinds.Alert => RequestAsync(transaction, message, cancellation),
            Kinds.Answer => AnswerAsync(transaction, message, at, cancellation),
            Kinds.Progress => ProgressAsync(transaction, message, at, cancellation),
            Kinds.Permission => PermissionAsync(transaction, message, at, cancellation),
            _ => Task.CompletedTask,
        };

    private async Task RequestAsync(Transaction transaction, Message message, CancellationToken cancellation)
    {
        if (
            Projection.Terms(message) is not { Domain.Length: > 0 } terms
            || await RequestRows.FindAsync(transaction, message.Id.ToString(), cancellation) is not null
        )
        {
            return;
        }

        var row = Projection.Row(message, terms, "out", message.Sent) with
        {
            Forwards = await ForwardedAsync(transaction, message, cancellation),
            State = RequestState.Sent,
        };
        await RequestRows.InsertAsync(transaction, [row], cancellation);
        const string leafOf = "SELECT leaf FROM message WHERE id = @Id";
        var leaf = await transaction.OneAsync<long>(leafOf, new { row.Id }, cancellation);
        var found = new FoundBy(row.Id, leaf, words.Hashes(Projection.Texts(message)), []);
        await SearchWords.SaveAsync(transaction, [found], cancellation);
    }

    /// <summary>The received message that this one passed on: the one whose originators it names.</summary>
    private async Task<string?> ForwardedAsync(Transaction transaction, Message message, CancellationToken cancellation)
    {
        if (message.AsInformation()?.Origins is not { Count: > 0 } origins)
        {
            return null;
        }

        const string firstHand = "SELECT id FROM message WHERE id = @Id AND direction = 'in'";
        const string secondHand = """
            SELECT m.id FROM use_condition u JOIN message m ON m.id = u.message
            WHERE u.origins = @Nodes AND m.direction = 'in' ORDER BY m.at DESC LIMIT 50
            """;
        if (
            origins is [var only]
            && await transaction.OneAsync<string>(firstHand, new { Id = only.Message }, cancellation) is { } given
        )
        {
            return given;
        }

        var nodes = string.Join(',', origins.Select(origin => origin.Node).Distinct(StringComparer.Ordinal));
        foreach (var id in await transaction.ListAsync<string>(secondHand, new { Nodes = nodes }, cancellation))
        {
            var received = await messages.OpenAsync(transaction, id, cancellation);
            if (received?.Message.AsInformation()?.Origins is { } theirs && theirs.SequenceEqual(origins))
            {
                return id;
            }
        }

        return null;
    }

    private static async Task AnswerAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var body = message.AsAnswer();
        if (body.Ok && await TheirsAsync(transaction, message.ReplyTo, message, cancellation) is { } row)
        {
            var outcome = OutcomeCodes.Code(body.Value.Outcome);
            var answer = new RequestAnswer(message.Id.ToString(), at, outcome, body.Value.Ground)
            {
                IsPart = body.Value.Outcome == Outcome.Partial && body.Value.Flag(WireMembers.More),
            };
            await RequestRows.AnsweredAsync(transaction, row, answer, cancellation);
        }
    }

    private async Task ProgressAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        if (await ClockAsync(transaction, message, at, cancellation))
        {
            return;
        }

        var body = message.AsProgress();
        if (!body.Ok || await TheirsAsync(transaction, body.Value.Of, message, cancellation) is not { } row)
        {
            return;
        }

        await (
            body.Value.State switch
            {
                ProgressStates.Seen => RequestRows.SeenAsync(transaction, row, body.Value.At, cancellation),
                ProgressStates.Taken => RequestRows.TakenAsync(transaction, row, body.Value.At, null, cancellation),
                _ => Task.FromResult(0), // Shown in the thread as it is.
            }
        );
    }

    /// <summary>What we said of a request, ours or the partner's, that moves its clock.</summary>
    private async Task<bool> ClockAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var body = message.AsProgress();
        var row = body.Ok ? await RequestRows.FindAsync(transaction, body.Value.Of.ToString(), cancellation) : null;
        if (row is null || ClockWire.Of(body.Value!, byAsked: row.Incoming) is not ({ } move, true))
        {
            return false;
        }

        var moved = ClockWire.Event(message, body.Value!, "out", move) with { At = at };
        await clocks.TakeAsync(transaction, row, moved, cancellation);
        return true;
    }

    private async Task PermissionAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var body = message.AsPermission();
        var partner = message.To.Node.ToString();
        if (body?.Action == PermissionBody.Ask)
        {
            var limit = legalClock.ToDecide(message.Profile);
            var row = PermissionReception.Row(message, body, words) with
            {
                LimitMs = (long?)limit?.TotalMilliseconds,
                Received = at,
                Due = at + limit,
            };
            if (await PermissionBook.FindAsync(transaction, row.Id, cancellation) is null)
            {
                await PermissionBook.InsertAsync(transaction, row, cancellation);
            }
        }
        else if (body?.Action == PermissionBody.Revoke)
        {
            var revoked = new PermissionDecision(
                message.ReplyTo?.ToString() ?? "",
                "in",
                partner,
                "revoked",
                at,
                message.From.ToString()
            );
            await PermissionBook.RevokeAsync(transaction, revoked, cancellation);
        }
        else if (body?.Action is PermissionBody.Grant or PermissionBody.Refuse)
        {
            var state = body.Action == PermissionBody.Grant ? "granted" : "refused";
            var asked = message.ReplyTo?.ToString() ?? "";
            var decision = new PermissionDecision(asked, "in", partner, state, message.Sent, message.From.ToString());
            await PermissionBook.DecideAsync(transaction, decision, cancellation);
        }
    }

    /// <summary>That partner's request to us; null for anything else.</summary>
    private static async Task<RequestRow?> TheirsAsync(
        Transaction transaction,
        Guid? id,
        Message message,
        CancellationToken cancellation
    )
    {
        var row = id is { } known ? await RequestRows.FindAsync(transaction, known.ToString(), cancellation) : null;
        return row is { Direction: "in" } && row.Partner == message.To.Node.ToString() ? row : null;
    }
}
