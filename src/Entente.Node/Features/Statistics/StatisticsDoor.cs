using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Statistics;

/// <summary>`GET /statistics/{year}.csv`.</summary>
internal static class StatisticsDoor
{
    public static void MapStatisticsDoor(this WebApplication app) =>
        app.MapGet("/statistics/{year:int:range(2000,2999)}.csv", FileAsync)
            .RequireAuthorization(nameof(Role.Supervisor));

    private static async Task<IResult> FileAsync(
        int year,
        HttpContext context,
        StatisticsBook book,
        Database database,
        LedgerLog ledger
    )
    {
        var cancellation = context.RequestAborted;
        var officer = Officer.From(context.User);
        var text = StatisticsFile.Of(await book.OfAsync(officer, year, cancellation));
        var leaf = new LedgerEvent(officer.Login, LedgerAction.Consult, $"statistics:{year}", "export");
        await database.WriteAsync(t => ledger.AppendAsync(t, leaf, cancellation), cancellation);
        return Results.File(
            new UTF8Encoding(true).GetPreamble().Concat(Encoding.UTF8.GetBytes(text)).ToArray(),
            "text/csv",
            $"statistics-{year}.csv"
        );
    }
}
