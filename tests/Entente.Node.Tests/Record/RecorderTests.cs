using Dapper;
using Entente.Node.Features.Record;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Record;

public sealed class RecorderTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Encounter_enters_its_partner_people_instrument_and_commitment(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();

        await EnterAsync(services, Encounters.RabatWithGermany());

        var book = services.GetRequiredService<RecordBook>();
        var basis = (await book.BasesAsync("DE", TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        basis.Type.ShouldBe("declaration-of-intent");
        basis.Date.ShouldBe("2023-10-30");
        var served = (await book.CommitmentsAsync("DE", TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        served.Type.ShouldBe("information-exchange");
        (await CountAsync(store, "partner")).ShouldBe(1);
        (await CountAsync(store, "official")).ShouldBe(2);
        (await CountAsync(store, "post")).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Two_texts_of_one_encounter_make_one_meeting_with_two_sources(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();

        var first = await EnterAsync(services, Encounters.RabatWithGermany());
        var second = await EnterAsync(services, Encounters.RabatWithGermanyInArabic());

        second.ShouldBe(first);
        (await CountAsync(store, "meeting")).ShouldBe(1);
        (await CountAsync(store, "meeting_source")).ShouldBe(2);
        (await CountAsync(store, "instrument")).ShouldBe(1);
        (await CountAsync(store, "commitment")).ShouldBe(1);
        (await CountAsync(store, "official")).ShouldBe(2);
        (await CountAsync(store, "meeting_domain")).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Promise_made_again_at_another_meeting_is_kept_there_and_offered_once(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var first = Encounters.RabatWithGermany();
        var twice = first with { Commitments = [.. first.Commitments, .. first.Commitments] };
        var later = Encounters.RabatWithGermany("r2") with { Date = "2024-11-06", Instruments = [] };
        var book = services.GetRequiredService<RecordBook>();

        await EnterAsync(services, twice);
        var before = (await book.CommitmentsAsync("DE", TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        await EnterAsync(services, later);
        await EnterAsync(services, later with { Source = later.Source with { Reading = "r3" } });

        (await CountAsync(store, "meeting")).ShouldBe(2);
        (await CountAsync(store, "commitment")).ShouldBe(2);
        var served = await book.CommitmentsAsync("DE", TestContext.Current.CancellationToken);
        served.ShouldHaveSingleItem().ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Meeting_of_another_week_stays_another_meeting(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();

        await EnterAsync(services, Encounters.RabatWithGermany());
        await EnterAsync(services, Encounters.RabatWithGermany("r2") with { Date = "2023-11-06", Instruments = [] });

        (await CountAsync(store, "meeting")).ShouldBe(2);
        (await CountAsync(store, "official")).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Recalled_instrument_is_the_one_on_record_and_is_not_set_back(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var later = Encounters.RabatWithGermany("r2") with
        {
            Date = "2024-06-25",
            Instruments = [new("declaration-of-intent", "existing", "2023-10", "la déclaration d'intention de 2023")],
        };

        await EnterAsync(services, Encounters.RabatWithGermany());
        await EnterAsync(services, later);

        var status = await store.Database.ReadAsync(
            c => c.QuerySingleAsync<string>("SELECT status || ' ' || date FROM instrument"),
            TestContext.Current.CancellationToken
        );
        status.ShouldBe("signed 2023-10-30");
        (await CountAsync(store, "meeting_instrument")).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Entering_leaves_a_collect_leaf_for_everything_new(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();

        await EnterAsync(services, Encounters.RabatWithGermany());

        var kinds = await store.Database.ReadAsync(
            c => c.QueryAsync<string>("SELECT object FROM ledger_leaf WHERE action = 'collect' ORDER BY idx"),
            TestContext.Current.CancellationToken
        );
        kinds.Select(k => k.Split(':')[0]).ShouldBe(["meeting", "official", "official", "instrument", "commitment"]);
    }

    private static Task<string> EnterAsync(IServiceProvider services, AcceptedEncounter encounter) =>
        services
            .GetRequiredService<RecordDesk>()
            .WriteAsync(
                "bureau",
                async entry =>
                {
                    var cancellation = TestContext.Current.CancellationToken;
                    var recorder = services.GetRequiredService<Recorder>();
                    var partners = recorder.Partners(encounter.Countries);
                    var same = await SameMeeting.FindAsync(entry.Transaction, encounter, partners, cancellation);
                    return await recorder.EnterAsync(entry, encounter, same.Count > 0 ? same[0] : null, cancellation);
                },
                TestContext.Current.CancellationToken
            );

    private static Task<long> CountAsync(TestStore store, string table) =>
        store.Database.ReadAsync(
#pragma warning disable CA2100 // The name is one of this test's own constants.
            c => c.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}"),
#pragma warning restore CA2100
            TestContext.Current.CancellationToken
        );
}
