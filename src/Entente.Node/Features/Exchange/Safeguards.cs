namespace Entente.Node.Features.Exchange;

/// <summary>What the law wants said beside a draft's content.</summary>
public sealed record Safeguards
{
    /// <summary>Code of one of the sender's law's grounds for a transfer to a third country.</summary>
    public string? TransferGround { get; init; }

    public string? TransferReason { get; init; }

    /// <summary>`facts`, `assessment` or `both`: what the text is.</summary>
    public string Nature { get; init; } = "facts";

    /// <summary>The officer's assessment, apart from the facts.</summary>
    public string? Assessment { get; init; }

    /// <summary>Codes of the special categories that are in it.</summary>
    public IReadOnlyList<string> SpecialCategories { get; init; } = [];

    public string? SpecialGround { get; init; }

    public string? SpecialReason { get; init; }

    public string? Tlp { get; init; }

    public string? Pap { get; init; }
}
