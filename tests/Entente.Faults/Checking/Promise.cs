namespace Entente.Faults.Checking;

/// <summary>
/// A message that somebody at <paramref name="From"/> was told is sent, or tried to send without learning the outcome.
/// </summary>
/// <param name="IsAcknowledged">False where the attempt failed: it may be there or not, but whole.</param>
/// <param name="IsRefused">The receiver must reject it by policy.</param>
internal sealed record Promise(
    string Id,
    string From,
    string To,
    string Case,
    int Priority,
    bool IsAcknowledged,
    bool IsRefused = false
);
