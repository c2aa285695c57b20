using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>
/// When an answer is due. Counted by the profile that the request names, from the time in the receiver's signed receipt;
/// stopped and started by messages, each from its own receipt. Both sides hold these receipts, so both compute the same
/// moment, and neither can move the clock alone.
/// </summary>
internal sealed class LegalClock(LegalProfiles profiles)
{
    /// <summary>Null where nothing is due: an information, or a profile this node does not know.</summary>
    public TimeSpan? Limit(RequestRow row) =>
        row.Kind switch
        {
            Kinds.Request => profiles.Find(row.ProfileId, row.ProfileVersion)?.Limit(row.Urgency)?.Span,
            Kinds.Alert => Acknowledgement.SpanOf(row.Urgency),
            _ => null,
        };

    /// <summary>The time to decide on a permission: the profile's ordinary limit, from the receipt of the question.</summary>
    public TimeSpan? ToDecide(ProfileReference profile) =>
        profiles.Find(profile.Id, profile.Version)?.Limit(UrgencyCodes.Ordinary)?.Span;

    /// <summary>Null where nothing is due.</summary>
    /// <param name="received">The time in the receipt of the request.</param>
    public ClockReading? Read(RequestRow row, DateTimeOffset received, IEnumerable<ClockEvent> events) =>
        Limit(row) is not { } limit ? null
        : row.Kind == Kinds.Alert ? Acknowledgement.Read(received, limit)
        : Read(received, limit, events);

    /// <summary>
    /// In whatever order the events came here, the reading is the same. Those without a receipt yet do not count. Messages of
    /// one envelope share their receipt's time and go by when they were written.
    /// </summary>
    public static ClockReading Read(DateTimeOffset received, TimeSpan limit, IEnumerable<ClockEvent> events)
    {
        var hands = new Hands(received, limit);
        foreach (
            var moved in events
                .Where(e => e.At is not null)
                .OrderBy(e => e.At)
                .ThenBy(e => e.Sent)
                .ThenBy(e => e.Id, StringComparer.Ordinal)
        )
        {
            hands.Move(moved, moved.At!.Value); // Filtered.
        }

        return hands.Reading(limit);
    }

    /// <summary>The clock while the events pass by.</summary>
    private sealed class Hands(DateTimeOffset received, TimeSpan limit)
    {
        private readonly DateTimeOffset _received = received;
        private DateTimeOffset _since = received;
        private TimeSpan _left = limit;
        private DateTimeOffset? _asked;
        private DateTimeOffset? _authorising;
        private DateTimeOffset? _expected;
        private bool _authorisation;

        private bool Runs => _asked is null && _authorising is null;

        public void Move(ClockEvent moved, DateTimeOffset at)
        {
            // A partner's clock may be behind ours; nothing moves the clock before it started.
            at = at < _received ? _received : at;
            if (Runs && at - _since >= _left)
            {
                return; // It has run out: nothing stops it any more.
            }

            var ran = Runs;
            Turn(moved, at);
            if (ran && !Runs)
            {
                _left -= at - _since;
            }
            else if (!ran && Runs)
            {
                _since = at;
            }
        }

        private void Turn(ClockEvent moved, DateTimeOffset at)
        {
            switch (moved.Move)
            {
                case ClockMoves.Asked:
                    _asked ??= at;
                    break;
                case ClockMoves.Clarified:
                    _asked = null;
                    break;
                case ClockMoves.Authorising:
                    (_authorising, _expected, _authorisation) = (_authorising ?? at, moved.Expected, true);
                    break;
                case ClockMoves.Authorised:
                    (_authorising, _expected) = (null, null);
                    break;
            }
        }

        public ClockReading Reading(TimeSpan limit) =>
            Runs
                ? new ClockReading(ClockState.Running, _since + _left)
                {
                    SortAt = _since + _left,
                    Authorisation = _authorisation,
                    WarnAt = _since + _left - (limit / 4),
                    EscalateAt = _since + _left - (limit / 10),
                }
                : new ClockReading(_asked is null ? ClockState.Authorisation : ClockState.Clarification, null)
                {
                    StoppedAt = Earlier(_asked, _authorising),
                    Left = _left,
                    Expected = _expected,
                    SortAt = _expected ?? Earlier(_asked, _authorising) + _left,
                    Authorisation = _authorisation,
                    // The requester is to be kept informed: once the day named has come, it is owed news.
                    WarnAt = _asked is null ? _expected : null,
                    EscalateAt = _asked is null ? _expected : null,
                };

        private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
            one is { } a && other is { } b ? (a < b ? a : b) : (one ?? other)!.Value; // A clock that stands was stopped.
    }
}
