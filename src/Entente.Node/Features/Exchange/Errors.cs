namespace Entente.Node.Features.Exchange;

/// <summary>What an officer can get wrong. Each is a fact with a label; `Field` is where the form shows it.</summary>
public abstract record ExchangeError(string LabelKey, string Field);

public sealed record PartnerMissing() : ExchangeError("exchange.error.partner", "to");

public sealed record UnitMalformed() : ExchangeError("exchange.error.unit", "to");

public sealed record SubjectMissing() : ExchangeError("exchange.error.subject", "subject");

public sealed record TextTooLong(string Where) : ExchangeError("exchange.error.too-long", Where);

public sealed record TooMany(string Where) : ExchangeError("exchange.error.too-many", Where);

public sealed record FileTooLarge() : ExchangeError("exchange.error.file-size", "attachments");

public sealed record FileTypeNotAllowed() : ExchangeError("exchange.error.file-type", "attachments");

public sealed record CaseUnknown() : ExchangeError("exchange.error.case", "case");

public sealed record ForwardUnknown() : ExchangeError("exchange.error.forward", "forward");

public sealed record ForwardWithdrawn() : ExchangeError("exchange.error.withdrawn", "forward");

public sealed record InformationMissing() : ExchangeError("exchange.error.text", "text");

/// <summary>Of an alert: a time that is not offered.</summary>
public sealed record AcknowledgeUnknown() : ExchangeError("exchange.error.acknowledge", "acknowledge");

public sealed record FileForOneOnly() : ExchangeError("exchange.error.round-file", "attachments");

public sealed record RoundOfOwnOnly() : ExchangeError("exchange.error.round-own", "also");

public sealed record RequestUnknown() : ExchangeError("exchange.error.request", "request");

public sealed record AlreadyAnswered() : ExchangeError("exchange.error.answered", "request");

public sealed record GroundMissing() : ExchangeError("exchange.error.ground", "ground");

public sealed record EvaluationMissing() : ExchangeError("exchange.error.evaluation", "evaluation");

public sealed record PermissionSettled() : ExchangeError("exchange.error.permission", "permission");

public sealed record StepTextMissing() : ExchangeError("exchange.error.step-text", "text");

public sealed record AlreadyAsked() : ExchangeError("exchange.error.already-asked", "text");

public sealed record ExpectedMissing() : ExchangeError("exchange.error.expected", "expected");

public sealed record NothingAwaited() : ExchangeError("exchange.error.nothing-awaited", "request");

public sealed record PurposeMissing() : ExchangeError("exchange.error.purpose", "purpose");
