using Entente.Node.Profiles;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// When an answer is due. Counted from the time in the receiver's signed receipt, which both sides hold, by the profile
/// that the message names: so both sides compute the same moment.
/// </summary>
internal sealed class LegalClock(LegalProfiles profiles)
{
    /// <summary>Null where nothing is due: an information, or a profile this node does not know.</summary>
    public DateTimeOffset? Due(string profileId, string profileVersion, string urgency, DateTimeOffset received) =>
        profiles.Find(profileId, profileVersion)?.Limit(urgency) is { } limit ? received + limit.Span : null;
}
