using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>By which keyed hashes a request is found, so that they can be taken back.</summary>
internal sealed record FoundBy
{
    private static readonly string[] Columns = ["Request", "Words", "Subjects"];

    public required string RequestId { get; init; }

    /// <summary>Of its words, joined by spaces.</summary>
    public required string Words { get; init; }

    /// <summary>Of what it is about, joined by spaces.</summary>
    public string Subjects { get; init; } = "";

    public string[] WordList => List(Words);

    public string[] SubjectList => List(Subjects);

    public static FoundBy Of(string request, IEnumerable<string> words, IEnumerable<string>? subjects = null) =>
        new()
        {
            RequestId = request,
            Words = string.Join(' ', words),
            Subjects = string.Join(' ', subjects ?? []),
        };

    public static Task SaveAsync(Transaction t, IReadOnlyList<FoundBy> found, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO request_found (request_id, words, subjects) VALUES (@Request, @Words, @Subjects)
            """;
        object?[][] rows = [.. found.Select(f => new object?[] { f.RequestId, f.Words, f.Subjects })];
        return Bulk.ExecuteAsync(t, sql, Columns, rows, cancellation);
    }

    private static string[] List(string hashes) => hashes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
