namespace Entente.Node.Features.Readings;

/// <summary>Why a text was not taken, or a draft not changed. The code is the label's key behind `readings.error.`.</summary>
public sealed record ReadingRefusal(string Code)
{
    public static readonly ReadingRefusal Empty = new("empty");
    public static readonly ReadingRefusal Binary = new("binary");
    public static readonly ReadingRefusal TooLarge = new("too-large");
    public static readonly ReadingRefusal NoText = new("no-text");
    public static readonly ReadingRefusal NotFound = new("not-found");

    /// <summary>Somebody else changed the draft since the page was shown.</summary>
    public static readonly ReadingRefusal Changed = new("changed");

    /// <summary>An accepted or rejected draft stays as it was decided.</summary>
    public static readonly ReadingRefusal Decided = new("decided");
    public static readonly ReadingRefusal BadValue = new("bad-value");
    public static readonly ReadingRefusal WordsNotInText = new("words-not-in-text");

    /// <summary>An encounter needs a kind and one other state.</summary>
    public static readonly ReadingRefusal NotAnEncounter = new("not-an-encounter");
    public static readonly ReadingRefusal NoReason = new("no-reason");
}
