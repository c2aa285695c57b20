using System.Diagnostics;
using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Briefing;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Features.Record;
using Entente.Node.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Bench;

/// <summary>
/// What a partner's page and a briefing cost on a relation of twenty years: 400 meetings, 150 instruments, 3,000
/// commitments, 200,000 messages. Both must stay under 300 ms of the server's time.
/// </summary>
internal static class RelationBench
{
    private const int Times = 15;
    private const string Country = "ES";

    private static readonly Officer Reader = new(
        "u",
        "bureau",
        "Bureau",
        "cooperation",
        new HashSet<Role> { Role.Desk },
        Clearance: 2
    );

    public static async Task RunAsync()
    {
        string?[] servers = [null, Environment.GetEnvironmentVariable("ENTENTE_TEST_POSTGRES")];
        foreach (var server in servers.Where((one, i) => i == 0 || one is not null))
        {
            await using var store = await BenchStore.CreateAsync(server);
            await store.Database.WriteAsync(FillAsync, default);
            await using var services = store.Services();
            await services.GetRequiredService<SumKeeper>().KeepAsync(rest: 0, default);
            Console.WriteLine(server is null ? "SQLite" : "PostgreSQL");
            await TimeAsync("partner page", () => PageAsync(services));
            var desk = services.GetRequiredService<BriefingDesk>();
            var document = services.GetRequiredService<BriefingDocument>();
            await TimeAsync("briefing", () => desk.MakeAsync(Reader, Country, "fr", default));
            await TimeAsync(
                "briefing .docx",
                async () => document.Write((await desk.MakeAsync(Reader, Country, "ar", default))!) // It is on record.
            );
        }
    }

    /// <summary>What the partner's page asks for.</summary>
    private static async Task PageAsync(IServiceProvider services)
    {
        var partners = services.GetRequiredService<PartnerBook>();
        await partners.FindAsync(Country, PartialDate.Today(TimeProvider.System), default);
        await services.GetRequiredService<ExchangeFigures>().ForAsync(Reader, Country, default);
        await services.GetRequiredService<MeetingBook>().ListAsync(Country, null, default);
        await partners.InstrumentsAsync(Country, default);
        await partners.OfficialsAsync(Country, default);
        await partners.CommitmentStatesAsync(Country, default);
        await services.GetRequiredService<CommitmentBook>().ListAsync(Country, null, null, default);
    }

    private static async Task FillAsync(Transaction t)
    {
        const string meetings = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
            INSERT INTO meeting (id, kind, date, sort_date, place, created_at, created_by)
            SELECT 'm' || i, 'meeting', (2006 + i / 20) || '-06-15', (2006 + i / 20) || '-06-15', 'Rabat', 0, 'bench' FROM n
            """;
        const string instruments = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
            INSERT INTO instrument (id, type, status, title, date, sort_date, created_at, created_by)
            SELECT 'i' || i, 'agreement', 'signed', 'Accord ' || i, '2010-01-01', '2010-01-01', 0, 'bench' FROM n
            """;
        const string commitments = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
            INSERT INTO commitment (id, type, wording, domain, state, due, instrument, sort_date, created_at, created_by,
                indicator, target)
            SELECT 'c' || i, 'training', 'Former des agents, engagement ' || i, 'terrorism',
                CASE WHEN i % 3 = 0 THEN 'open' ELSE 'done' END, (2006 + i / 150) || '-09-30', 'i' || (1 + i % 150),
                (2006 + i / 150) || '-01-01', 0, 'bench', 'answers-in-time', 90 FROM n
            """;
        const string requests = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
            INSERT INTO request (id, case_id, kind, direction, partner, country, unit, partner_unit, domain, urgency,
                profile_id, profile_version, rank, sent, received, due, sort_at, state, open, answered_at, outcome, ground)
            SELECT 'r' || i, 'k' || i, 'request', CASE WHEN i % 2 = 0 THEN 'out' ELSE 'in' END, 'es.interior', 'ES',
                'liaison', 'liaison', 'terrorism', 'other', 'p', '1', 1, @Now - i * @Step, @Now - i * @Step,
                @Now - i * @Step + 600000000, @Now - i * @Step, 'answered', FALSE, @Now - i * @Step + (i % 9) * 100000000,
                CASE WHEN i % 10 = 0 THEN 'refused' ELSE 'provided' END, CASE WHEN i % 10 = 0 THEN 'security' ELSE NULL END
            FROM n
            """;
        const string served = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
            INSERT INTO commitment_service (commitment, message, kind, direction, partner, rank, at)
            SELECT 'c' || (1 + i % 3000), 'r' || i, 'request', CASE WHEN i % 2 = 0 THEN 'out' ELSE 'in' END, 'es.interior',
                1, @Now - i * @Step FROM n
            """;
        var with = new
        {
            Now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            Step = 20L * 365 * 24 * 3600 * 1000 / 200_000,
        };
        string[] all =
        [
            "INSERT INTO partner (country, touched_at) VALUES ('ES', 0)",
            meetings,
            "INSERT INTO meeting_partner (meeting, country) SELECT id, 'ES' FROM meeting",
            instruments,
            "INSERT INTO instrument_partner (instrument, country) SELECT id, 'ES' FROM instrument",
            commitments,
            "INSERT INTO commitment_partner (commitment, country) SELECT id, 'ES' FROM commitment",
            requests,
            "INSERT INTO exchange_stale SELECT DISTINCT country, sent - sent % 86400000, '' FROM request",
            served,
        ];
        foreach (var sql in all)
        {
#pragma warning disable CA2100 // All of them stand above.
            await t.RunAsync(sql, with, default);
#pragma warning restore CA2100
        }
    }

    private static async Task TimeAsync(string what, Func<Task> work)
    {
        await work();
        var times = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await work();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -16} median {times[Times / 2], 7:N1} ms, slowest {times[^1], 7:N1} ms (limit 300 ms)"
            )
        );
    }
}
