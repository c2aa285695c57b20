using System.Globalization;
using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Audit;

/// <summary>The filtered ledger as a file: CSV for a spreadsheet, JSON lines (the leaves' own bytes) for a machine.</summary>
internal static class LedgerExport
{
    public static async Task WriteAsync(
        HttpContext context,
        LedgerBook book,
        LedgerLog ledger,
        Database database,
        TimeProvider clock,
        string? format
    )
    {
        var cancellation = context.RequestAborted;
        var query = context.Request.Query;
        var filter = LedgerFilter.Of(
            query["action"],
            query["object"],
            query["actor"],
            query["link"],
            query["from"],
            query["to"]
        );
        var csv = format == "csv";
        var who = Officer.From(context.User).Login;
        var consulted = new LedgerEvent(
            who,
            LedgerAction.Consult,
            "ledger:export",
            csv ? "export:csv" : "export:jsonl"
        );
        await database.WriteAsync(t => ledger.AppendAsync(t, consulted, cancellation), cancellation);
        var day = clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        context.Response.ContentType = csv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
        context.Response.Headers.ContentDisposition =
            $"attachment; filename=\"ledger-{day}.{(csv ? "csv" : "jsonl")}\"";
        await using var output = new StreamWriter(context.Response.Body, new UTF8Encoding(csv));
        if (csv)
        {
            await output.WriteAsync("index,at,actor,action,object,why,hash,link,leaf_hash\r\n");
        }

        await foreach (var e in book.AllAsync(filter, cancellation))
        {
            await output.WriteAsync(csv ? Line(e) : e.Json + "\n");
        }
    }

    internal static string Line(LedgerEntry e) =>
        string.Join(
            ',',
            e.Idx.ToString(CultureInfo.InvariantCulture),
            e.At.ToString("O", CultureInfo.InvariantCulture),
            Cell(e.Actor),
            Cell(e.Action),
            Cell(e.Object),
            Cell(e.Why),
            Cell(e.Hash ?? ""),
            Cell(e.Link ?? ""),
            LedgerLeaf.HashOf(e.Json).ToString()
        ) + "\r\n";

    /// <summary>RFC 4180; a cell that a spreadsheet would run as a formula is made plain text.</summary>
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '@' ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n")
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }
}
