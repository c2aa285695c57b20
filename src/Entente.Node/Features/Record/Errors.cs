namespace Entente.Node.Features.Record;

/// <summary>Why the record was not changed. The code is the label's key behind `record.error.`.</summary>
internal sealed record RecordRefusal(string Code)
{
    public static readonly RecordRefusal NotFound = new("not-found");
    public static readonly RecordRefusal BadDate = new("bad-date");
    public static readonly RecordRefusal BadCode = new("bad-code");
    public static readonly RecordRefusal NoTitle = new("no-title");
    public static readonly RecordRefusal NothingToUndo = new("nothing-to-undo");
}
