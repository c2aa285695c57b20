namespace Entente.Node.Features.Audit;

/// <summary>Something that must not be overlooked: it stays until an officer closes it with a written reason.</summary>
internal sealed class Alarm
{
    public string Id { get; init; } = "";

    public DateTimeOffset At { get; init; }

    /// <summary>The code of an <see cref="AlarmKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The partner it is about.</summary>
    public string? Link { get; init; }

    /// <summary>Facts as `name=value`, never content.</summary>
    public string Detail { get; init; } = "";

    public DateTimeOffset? DismissedAt { get; init; }

    public string? DismissedBy { get; init; }

    public string? DismissedReason { get; init; }
}
