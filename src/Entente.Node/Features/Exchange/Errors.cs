namespace Entente.Node.Features.Exchange;

/// <summary>What an officer can get wrong. Each is a fact with a label; `Field` is where the form shows it.</summary>
internal abstract record ExchangeError(string LabelKey, string Field);

internal sealed record PartnerMissing() : ExchangeError("exchange.error.partner", "to");

internal sealed record UnitMalformed() : ExchangeError("exchange.error.unit", "to");

internal sealed record SubjectMissing() : ExchangeError("exchange.error.subject", "subject");

internal sealed record TextTooLong(string Where) : ExchangeError("exchange.error.too-long", Where);

internal sealed record TooMany(string Where) : ExchangeError("exchange.error.too-many", Where);

internal sealed record FileTooLarge() : ExchangeError("exchange.error.file-size", "attachments");

internal sealed record FileTypeNotAllowed() : ExchangeError("exchange.error.file-type", "attachments");

internal sealed record CaseUnknown() : ExchangeError("exchange.error.case", "case");

internal sealed record ForwardUnknown() : ExchangeError("exchange.error.forward", "forward");

internal sealed record InformationMissing() : ExchangeError("exchange.error.text", "text");

internal sealed record RequestUnknown() : ExchangeError("exchange.error.request", "request");

internal sealed record AlreadyAnswered() : ExchangeError("exchange.error.answered", "request");

internal sealed record GroundMissing() : ExchangeError("exchange.error.ground", "ground");

internal sealed record EvaluationMissing() : ExchangeError("exchange.error.evaluation", "evaluation");

internal sealed record PermissionSettled() : ExchangeError("exchange.error.permission", "permission");
