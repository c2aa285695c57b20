using Entente.Node.Features.Exchange;

namespace Entente.Node.Features.Corrections;

public sealed record CorrectionUnknown() : ExchangeError("corrections.error.unknown", "message");

public sealed record CorrectionGroundMissing() : ExchangeError("corrections.error.ground", "ground");

public sealed record CorrectionReasonMissing() : ExchangeError("corrections.error.reason", "reason");

public sealed record CorrectionTextMissing() : ExchangeError("corrections.error.text", "text");

public sealed record CorrectionDeadlinePast() : ExchangeError("corrections.error.deadline", "deadline");

public sealed record CorrectionSettled() : ExchangeError("corrections.error.settled", "message");
