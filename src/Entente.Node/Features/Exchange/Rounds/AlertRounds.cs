using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Rounds;

/// <summary>Which alerts were raised together, and how each of them stands.</summary>
internal sealed class AlertRounds(Database database, RequestLists lists)
{
    private const string Columns =
        "a.message, a.round, a.case_id, a.partner, a.country, a.unit, a.author, a.at, a.approval";

    public static Task KeepAsync(Transaction transaction, WarnedPartner warned, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO alert_round (message, round, case_id, partner, country, unit, author, at, approval)
            VALUES (@Message, @Round, @CaseId, @Partner, @Country, @Unit, @Author, @At, @Approval)
            """;
        return transaction.RunAsync(sql, warned, cancellation);
    }

    /// <summary>One for each partner; empty where there is no such round or the officer has no part in it.</summary>
    public async Task<IReadOnlyList<WarnedStanding>> OfAsync(
        Officer officer,
        string round,
        CancellationToken cancellation
    )
    {
        const string warnedOf =
            $"SELECT {Columns} FROM alert_round a WHERE a.round = @Round ORDER BY a.country, a.message";
        const string rowsOf = $"""
            SELECT {RequestRow.Columns} FROM alert_round a JOIN request r ON r.id = a.message WHERE a.round = @Round
            """;
        var with = new { Round = round };
        var warned = await database.ReadAsync(
            c => c.ListAsync<WarnedPartner>(warnedOf, with, cancellation),
            cancellation
        );
        if (!warned.Any(one => one.Unit == officer.Unit || officer.Is(Role.Supervisor)))
        {
            return [];
        }

        var rows = await database.ReadAsync(c => c.ListAsync<RequestRow>(rowsOf, with, cancellation), cancellation);
        var listed = (await lists.ListedAsync(officer, rows, cancellation)).ToDictionary(one => one.Row.Id);
        return
        [
            .. warned.Select(one =>
                listed.TryGetValue(one.Message, out var request)
                    ? new WarnedStanding(one, request.Row, request.Subject)
                    : new WarnedStanding(one, null, null)
            ),
        ];
    }

    /// <summary>The round that a case's alert was raised in; null where it went to one partner alone.</summary>
    public Task<string?> OfCaseAsync(string caseId, CancellationToken cancellation)
    {
        const string sql = "SELECT a.round FROM alert_round a WHERE a.case_id = @Case LIMIT 1";
        return database.ReadAsync(c => c.OneAsync<string>(sql, new { Case = caseId }, cancellation), cancellation);
    }
}
