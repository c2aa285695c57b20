using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>Why an envelope was not taken, as it goes back to the partner: HTTP status and the wire's code.</summary>
internal abstract record DeliveryRefusal(int Status, string Code, string Detail);

/// <summary>Not readable, not for us, not signed by the partner, too large.</summary>
internal sealed record EnvelopeRefused(Refusal Refusal)
    : DeliveryRefusal(Refusal.Reason == Reason.TooLarge ? 413 : 400, Refusal.Code, Refusal.Detail);

/// <summary>Messages are missing before these: the sender goes on from <paramref name="Expected"/>.</summary>
internal sealed record SequenceGap(long Expected)
    : DeliveryRefusal(409, "gap", $"The next message expected here is {Expected}.");

/// <summary>The partner's history here and in this envelope are not the same one.</summary>
internal sealed record HistoryForked(long First)
    : DeliveryRefusal(409, "fork", $"Another envelope was taken in place {First}; the link is stopped.");

/// <summary>Files that travel apart are not all here yet.</summary>
internal sealed record AttachmentsMissing(IReadOnlyList<string> Ids)
    : DeliveryRefusal(409, "attachments-missing", $"{Ids.Count} attachments are not complete here.");

internal sealed record WrongContentType(string Expected)
    : DeliveryRefusal(415, "wrong-content-type", $"The body must be {Expected}.");

internal sealed record BodyTooLarge(long Most) : DeliveryRefusal(413, "too-large", $"The body may have {Most} bytes.");

/// <summary>The partner's chunks that no message has named fill what it may fill here.</summary>
internal sealed record QuotaReached()
    : DeliveryRefusal(507, "quota", "Files that no message names fill the place kept for this link.");

internal sealed record BodyCutShort() : DeliveryRefusal(400, "bad-envelope", "The body ended early.");

/// <summary>More requests of this partner at once than this node serves to one.</summary>
internal sealed record TooManyAtOnce() : DeliveryRefusal(429, "too-many", "Too many requests at once on this link.");

/// <summary>No ledger, no traffic.</summary>
internal sealed record CannotWrite()
    : DeliveryRefusal(503, "cannot-write", "This node cannot write its ledger at the moment.");

internal sealed record NoSuchResource() : DeliveryRefusal(404, "not-found", "There is nothing here.");
