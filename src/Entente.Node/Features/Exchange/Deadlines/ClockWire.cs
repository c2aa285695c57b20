using System.Globalization;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>
/// How a progress message moves the clock. `suspended` and `delayed` are the asked side's to say; `resumed` ends either: said
/// by the asker it clarifies, said by the asked side it withdraws its question or, with `authorised`, tells that the judge
/// has decided.
/// </summary>
internal static class ClockWire
{
    /// <summary>In the body of a `suspended`: the questions, a list of texts.</summary>
    public const string Clarification = "clarification";

    /// <summary>In the body of a `delayed`: when the answer is expected.</summary>
    public const string Expected = "expected";

    /// <summary>In the body of a `resumed`: `granted` or `refused`.</summary>
    public const string Authorised = "authorised";

    /// <summary>The move, null where there is none, and whether that side may say so at all.</summary>
    /// <param name="byAsked">The request's receiver says it, and not its sender.</param>
    public static (string? Move, bool Allowed) Of(ProgressBody body, bool byAsked) =>
        (body.State, byAsked) switch
        {
            (ProgressStates.Suspended, true) => (ClockMoves.Asked, true),
            (ProgressStates.Delayed, true) => (ExpectedIn(body) is null ? null : ClockMoves.Authorising, true),
            (ProgressStates.Resumed, true) => (
                body.Text(Authorised) is null ? ClockMoves.Clarified : ClockMoves.Authorised,
                true
            ),
            (ProgressStates.Resumed, false) => (ClockMoves.Clarified, true),
            (_, true) => (null, true),
            _ => (null, false),
        };

    public static DateTimeOffset? ExpectedIn(ProgressBody body) =>
        DateTimeOffset.TryParse(
            body.Text(Expected),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at
        )
            ? at
            : null;

    public static ClockEvent Event(Message message, ProgressBody body, string direction, string move) =>
        new()
        {
            Id = message.Id.ToString(),
            RequestId = body.Of.ToString(),
            Direction = direction,
            Move = move,
            Sent = message.Sent,
            Expected = move == ClockMoves.Authorising ? ExpectedIn(body) : null,
        };
}
