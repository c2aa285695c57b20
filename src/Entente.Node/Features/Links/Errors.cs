using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>Why a step of the link ceremony was not taken. <paramref name="Code"/> is a label key: `links.error.` + code.</summary>
internal abstract record LinkError(string Code);

/// <summary>Not a card, or altered.</summary>
internal sealed record CardUnreadable(Refusal Refusal) : LinkError("card-unreadable");

internal sealed record CardExpired(DateTimeOffset Expired) : LinkError("card-expired");

/// <summary>The card of this very node.</summary>
internal sealed record CardIsOurs() : LinkError("card-is-ours");

internal sealed record CardAlreadyHeld(string Partner) : LinkError("card-already-held");

/// <summary>An older card than the one held: somebody replays it, or sent the wrong file.</summary>
internal sealed record CardIsOlder(string Partner) : LinkError("card-is-older");

/// <summary>
/// A card with another signing key than the one confirmed. The partner must send a rotation signed by the old key, or the
/// link must be suspended and the ceremony done again.
/// </summary>
internal sealed record CardChanged(string Partner) : LinkError("card-changed");

internal sealed record LinkUnknown(string Partner) : LinkError("link-unknown");

internal sealed record LinkNotActive(string Partner) : LinkError("link-not-active");

internal sealed record LinkNotSuspended(string Partner) : LinkError("link-not-suspended");

internal sealed record LinkNotPending(string Partner) : LinkError("link-not-pending");

/// <summary>Four eyes: the second confirmation must be another officer's.</summary>
internal sealed record ConfirmedBySameOfficer(string Officer) : LinkError("confirmed-by-same-officer");

/// <summary>The terms name a profile whose very file is not on this node: it has to be had from the partner, signed and added.</summary>
internal sealed record ProfileNotHere(string Id, string Version, string Sha256) : LinkError("profile-not-here");

internal sealed record ReasonMissing() : LinkError("reason-missing");

internal sealed record CeilingOutOfRange(int Rank) : LinkError("ceiling-out-of-range");
