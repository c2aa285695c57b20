using Entente.Node.Features.Readings;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Readings;

/// <summary>Several texts of one encounter: known as such, compared, and entered as sources of one meeting.</summary>
public sealed class TogetherTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Copy_of_a_text_is_known_by_its_words_though_it_names_nobody(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var text = Texts.Sample("08-centros-cooperacion-2012.txt");

        var first = await ReceiveAsync(services, text);
        var copy = await ReceiveAsync(services, text + "\nRedacción, con información de agencias.");

        copy.Row.SameAs.ShouldBe(first.Row.Id);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Texts_of_one_encounter_become_one_meeting_with_each_as_its_source(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var french = await ReceiveAsync(services, Texts.Sample("01-rabat-allemagne-2023.txt"));
        var arabic = await ReceiveAsync(services, Texts.Sample("02-rabat-almanya-2023.txt"));
        var readings = services.GetRequiredService<ReadingStore>();

        var together = await readings.TogetherAsync(arabic.Row, Cancellation);
        var acceptance = services.GetRequiredService<ReadingAcceptance>();
        var seen = together.Select(t => new DraftSeen(t.Row.Id, t.Row.Version, "bureau")).ToList();
        var accepted = await acceptance.AcceptTogetherAsync(seen, null, Cancellation);

        together.Select(t => t.Row.Id).ShouldBe([french.Row.Id, arabic.Row.Id]);
        accepted.Refusal.ShouldBeNull();
        foreach (var id in together.Select(t => t.Row.Id))
        {
            var one = await readings.FindAsync(id, Cancellation);
            one!.Row.Meeting.ShouldBe(accepted.Meeting);
        }
    }

    [Fact]
    public async Task Comparison_has_a_person_in_one_row_and_marks_what_differs()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var french = await ReceiveAsync(services, Texts.Sample("01-rabat-allemagne-2023.txt"));
        var arabic = await ReceiveAsync(services, Texts.Sample("02-rabat-almanya-2023.txt"));

        var rows = Sources.Compare([french, arabic]);

        rows.Single(r => r.Field == "kind").Differs.ShouldBeFalse();
        rows.Where(r => r.Field == "participant").ShouldAllBe(r => r.Cells.Count == 2);
        rows.Count(r => r.Field == "participant" && r.Cells.All(c => c is not null)).ShouldBe(2);
        foreach (var row in rows.Where(r => r.Cells.Contains(null) && r.Field != "mentioned"))
        {
            row.Differs.ShouldBeTrue(row.Field);
        }
    }

    private static async Task<ReadingText> ReceiveAsync(IServiceProvider services, string text)
    {
        var desk = services.GetRequiredService<ReadingDesk>();
        var received = await desk.ReceiveTextAsync("x.txt", text, "bureau", Cancellation);
        return (await services.GetRequiredService<ReadingStore>().FindAsync(received.Reading!, Cancellation))!;
    }
}
