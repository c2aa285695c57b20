using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Briefing;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Features.Record;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Briefing;

public sealed class BriefingTests
{
    private static readonly Officer Reader = People.Of("bureau", Role.Desk) with
    {
        Unit = "cooperation",
        Clearance = 1,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_briefing_counts_only_what_its_reader_may_see_and_carries_the_highest_of_it(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        await FillAsync(services);
        await RequestAsync(services, "r-open", rank: 0);
        await RequestAsync(services, "r-restricted", rank: 1);
        await RequestAsync(services, "r-secret", rank: 3);

        var fiche = await services.GetRequiredService<BriefingDesk>().MakeAsync(Reader, "ES", "fr", Cancellation);

        fiche!.Rank.ShouldBe(1);
        var exchange = fiche.Sections.SelectMany(s => s.Blocks).OfType<FicheTable>().Single(t => t.Head[0].Length == 0);
        exchange.Rows[0][1].ShouldBe("2");
        Text(fiche).ShouldContain("Former vingt formateurs");
        const string made = "SELECT object FROM derivation WHERE actor = 'bureau'";
        var database = services.GetRequiredService<Database>();
        (await database.ReadAsync(c => c.ListAsync<string>(made, null, Cancellation), Cancellation)).ShouldBe([
            "partner:ES",
        ]);
    }

    [Theory]
    [InlineData("fr", "Fiche : Espagne")]
    [InlineData("ar", "بطاقة: إسبانيا")]
    [InlineData("es", "Ficha: España")]
    [InlineData("de", "Gesprächsmappe: Spanien")]
    [InlineData("fi", "Taustamuistio: Espanja")]
    [InlineData("en", "Briefing: Spain")]
    public async Task A_briefing_is_a_valid_document_in_each_language(string language, string title)
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        await using var services = store.Services();
        await FillAsync(services);
        var fiche = await services.GetRequiredService<BriefingDesk>().MakeAsync(Reader, "ES", language, Cancellation);

        using var package = WordprocessingDocument.Open(
            new MemoryStream(services.GetRequiredService<BriefingDocument>().Write(fiche!)),
            isEditable: false
        );

        fiche!.Title.ShouldBe(title);
        Text(fiche).ShouldNotContain("[");
        new OpenXmlValidator().Validate(package, Cancellation).Select(f => f.Description).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_on_record_makes_no_briefing()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);

        ((int)(await desk.GetAsync("/briefing/ES", Cancellation)).Status).ShouldBe(404);
    }

    private static async Task FillAsync(IServiceProvider services)
    {
        var entries = services.GetRequiredService<RecordEntries>();
        var commitment = new CommitmentFacts
        {
            Type = "training",
            Wording = "Former vingt formateurs.",
            Due = "2020-01-01",
            Indicator = "people-trained",
            Target = 20,
        };
        var instrument = new InstrumentFacts
        {
            Type = "agreement",
            Status = "signed",
            Title = "Accord inventé",
            Date = "2019-02-03",
        };
        (await entries.AddInstrumentAsync("ES", instrument, "bureau", Cancellation)).Refusal.ShouldBeNull();
        (await entries.AddCommitmentAsync("ES", commitment, null, "bureau", Cancellation)).Refusal.ShouldBeNull();
    }

    private static Task RequestAsync(IServiceProvider services, string id, int rank)
    {
        const string sql = """
            INSERT INTO request (id, case_id, kind, direction, partner, country, unit, partner_unit, domain, urgency,
                profile_id, profile_version, rank, sent, sort_at, state, open)
            VALUES (@Id, @Id, 'request', 'out', 'es.interior', 'ES', 'liaison', 'liaison', 'terrorism', 'other',
                'p', '1', @Rank, @Sent, @Sent, 'delivered', TRUE)
            """;
        var row = new
        {
            Id = id,
            Rank = rank,
            Sent = TimeProvider.System.GetUtcNow(),
        };
        return services
            .GetRequiredService<Database>()
            .WriteAsync(
                async t =>
                {
                    await t.RunAsync(sql, row, Cancellation);
                    await StaleDays.MarkAsync(t, id, Cancellation); // No leaf names it.
                },
                Cancellation
            );
    }

    private static string Text(Fiche fiche) =>
        string.Join(
            '\n',
            fiche
                .Sections.SelectMany(s => s.Blocks)
                .SelectMany(block =>
                    block switch
                    {
                        FicheTable table => table.Rows.SelectMany(row => row),
                        FicheList list => list.Items,
                        FicheFacts facts => facts.Rows.Select(row => $"{row.Label} {row.Value}"),
                        FicheBars bars => bars.Rows.Select(row => row.Label),
                        FicheNote note => [note.Text],
                        _ => [],
                    }
                )
        );
}
