namespace Entente.Node.Features.Record;

/// <summary>Where a page of a list by date ended: the next begins right after it, however long the list.</summary>
internal readonly record struct PageKey(string Date, string Id)
{
    /// <summary>Before everything: `~` sorts after every digit.</summary>
    public static readonly PageKey Newest = new("~", "~");

    public static PageKey Parse(string? text) =>
        text?.Split('~', 2) is [{ Length: > 0 } date, { Length: > 0 } id] ? new PageKey(date, id) : Newest;

    public override string ToString() => $"{Date}~{Id}";
}
