using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Guard;

namespace Entente.Node.Features.Statistics;

/// <summary>`GET /statistics/{year}.csv`.</summary>
internal static class StatisticsDoor
{
    public static void MapStatisticsDoor(this WebApplication app) =>
        app.MapGet("/statistics/{year:int:range(2000,2999)}.csv", FileAsync)
            .RequireAuthorization(nameof(Role.Supervisor));

    private static async Task<IResult> FileAsync(int year, HttpContext context, StatisticsBook book, ExitDoor exits)
    {
        var cancellation = context.RequestAborted;
        var officer = Officer.From(context.User);
        var statistics = await book.OfAsync(officer, year, cancellation);
        if (!(await exits.LeaveAsync(officer, statistics.Export, cancellation)).Allowed)
        {
            return Results.LocalRedirect($"/statistics?year={year}&refused=true");
        }

        return Results.File(
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(StatisticsFile.Of(statistics))],
            "text/csv",
            $"statistics-{year}.csv"
        );
    }
}
