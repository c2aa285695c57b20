namespace Entente.Node.Features.Audit;

/// <summary>One event of the ledger as the page shows it.</summary>
public sealed class LedgerEntry
{
    public long Idx { get; init; }
    public DateTimeOffset At { get; init; }
    public string Actor { get; init; } = "";
    public string Action { get; init; } = "";
    public string Object { get; init; } = "";
    public string Why { get; init; } = "";
    public string? Hash { get; init; }
    public string? Link { get; init; }

    /// <summary>The leaf's bytes.</summary>
    public string Json { get; init; } = "";

    /// <summary>Where the thing it happened to can be seen, when there is a page.</summary>
    public string? ObjectPage =>
        Object.Split(':', 2) switch
        {
            ["link", var id] => $"/links/{Uri.EscapeDataString(id)}",
            ["account", var id] => $"/administration/accounts/{Uri.EscapeDataString(id)}",
            ["reading", var id] => $"/readings/{Uri.EscapeDataString(id)}",
            ["case", var id] => $"/cases/{Uri.EscapeDataString(id)}",
            ["alarm", _] => "/ledger/alarms",
            _ => null,
        };
}
