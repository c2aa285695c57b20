using Entente.Node.Storage;

namespace Entente.Node.Features.Commitments;

internal static class ReportRows
{
    /// <param name="message">The partner's message that says it; null for our own.</param>
    public static Task InsertAsync(
        Transaction t,
        string id,
        CommitmentReport report,
        string? message,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO commitment_report (id, commitment, side, at, author, state, figure, note, message)
            VALUES (@Id, @Commitment, @Side, @At, @Author, @State, @Figure, @Note, @Message)
            """;
        var row = new
        {
            Id = id,
            report.Commitment,
            report.Side,
            report.At,
            report.Author,
            report.State,
            report.Figure,
            report.Note,
            Message = message,
        };
        return t.RunAsync(sql, row, cancellation);
    }
}
