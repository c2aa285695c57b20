namespace Entente.Node.Web.Components;

/// <summary>How a value is meant; its colour follows, never the other way round.</summary>
public enum Tone
{
    Quiet,
    Info,
    Good,
    Care,
    Bad,
}
