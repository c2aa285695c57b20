namespace Entente.Node.Web.Components;

/// <param name="Icon">A name in Web/Assets/icons.txt.</param>
/// <param name="Text">A line below the title.</param>
/// <param name="Exact">False when only the day is known.</param>
public sealed record TimelineEntry(
    DateTimeOffset At,
    string Title,
    string Icon,
    string? Href = null,
    string? Text = null,
    Tone Tone = Tone.Quiet,
    bool Exact = true
);
