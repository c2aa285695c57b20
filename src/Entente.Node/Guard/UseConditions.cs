using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Guard;

/// <summary>
/// Keeps beside a message what binds its use and is not on its row, so that lists and searches can be judged without
/// opening anything. Call it in the transaction that stores the message, received or sent.
/// </summary>
internal sealed class UseConditions(TimeProvider clock)
{
    /// <summary>The member by which a sender itself says that it doubts how the information was obtained.</summary>
    public const string Concern = "provenanceConcern";

    private static readonly string[] Columns = ["Message", "Tlp", "Pap", "Origins"];

    public async Task KeepAsync(Transaction t, IReadOnlyList<Message> messages, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO use_condition (message, tlp, pap, origins) VALUES (@Message, @Tlp, @Pap, @Origins)
            ON CONFLICT (message) DO NOTHING
            """;
        object?[][] rows =
        [
            .. messages
                .Select(message =>
                    new object?[] { message.Id.ToString(), Label(message.Tlp), Label(message.Pap), Origins(message) }
                )
                .Where(row => row[1..].Any(value => value is not null)),
        ];
        if (rows.Length > 0)
        {
            await Bulk.ExecuteAsync(t, sql, Columns, rows, cancellation);
        }

        foreach (var message in messages.Where(message => message.Unknown?.ContainsKey(Concern) == true))
        {
            await QuarantineAsync(t, message.Id.ToString(), "rights", message.From.Node.ToString(), cancellation);
        }
    }

    /// <summary>Sets a message aside; false where it was before.</summary>
    public async Task<bool> QuarantineAsync(
        Transaction t,
        string message,
        string why,
        string by,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO quarantine (message, why, placed_at, placed_by) VALUES (@Message, @Why, @At, @By)
            ON CONFLICT (message) DO NOTHING
            """;
        var values = new
        {
            Message = message,
            Why = why,
            At = clock.GetUtcNow(),
            By = by,
        };
        if (await t.RunAsync(sql, values, cancellation) == 0)
        {
            return false;
        }

        await StaleDays.MarkAsync(t, message, cancellation);
        return true;
    }

    // WHITE is the old name of CLEAR, in both codes.
    private static string? Label(string? label) =>
        string.IsNullOrWhiteSpace(label) ? null
        : label.Trim().ToUpperInvariant() is var said && said == "WHITE" ? "CLEAR"
        : said;

    private static string? Origins(Message message) =>
        message.Kind is Kinds.Information or Kinds.Alert && message.AsInformation()?.Origins is { Count: > 0 } origins
            ? string.Join(',', origins.Select(origin => origin.Node).Distinct(StringComparer.Ordinal))
            : null;
}
