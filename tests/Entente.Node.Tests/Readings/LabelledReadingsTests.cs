using Entente.Node.Features.Readings;
using Entente.Node.Tests.Support;
using Entente.Reading;
using Entente.Reading.Measuring;

namespace Entente.Node.Tests.Readings;

/// <summary>What officers accept is kept as labelled texts, and the least certain drafts come first when asked.</summary>
public sealed class LabelledReadingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Correction_is_kept_as_a_label_that_the_reader_can_be_measured_on(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var reading = await ReadingDeskTests.ReceiveAsync(services, Texts.Finland);
        var place = reading.Draft.Values.Single(v => v.Field == "place");
        var review = services.GetRequiredService<ReadingReview>();
        var seen = new DraftSeen(reading.Row.Id, null, "bureau");
        await review.CorrectAsync(seen, place.Id, _ => "Salé", Cancellation);
        await services.GetRequiredService<ReadingAcceptance>().AcceptAsync(seen, MeetingChoice.Likeliest, Cancellation);

        var score = new ReadingScore();
        await foreach (var one in services.GetRequiredService<ReadingStore>().AcceptedAsync(Cancellation))
        {
            score.Add(one.Row.Name, DraftLabel.Write(one.Draft), CommuniqueReader.Default.Read(one.Text));
        }

        score.Texts.ShouldBe(1);
        score.Errors.ShouldContain(e => e.Field == "encounter.place" && e.Expected == "Salé");
        score.Of("partners").ShouldBe(1);
        score.Of("participants.name").ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Least_certain_drafts_come_first_page_by_page(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        foreach (
            var name in (string[])
                ["01-rabat-allemagne-2023.txt", "03-rabat-finlande-2018.txt", "10-acuerdo-policial-2010.txt"]
        )
        {
            await ReadingDeskTests.ReceiveAsync(services, Texts.Sample(name));
        }

        var readings = services.GetRequiredService<ReadingStore>();
        var all = await readings.LeastCertainAsync(ReadingStates.Draft, null, Cancellation);
        var first = FormattableString.Invariant($"{all[0].Confidence:R} {all[0].Id}");
        var rest = await readings.LeastCertainAsync(ReadingStates.Draft, first, Cancellation);

        all.Select(r => r.Confidence).ShouldBeInOrder();
        rest.Select(r => r.Id).ShouldBe(all.Skip(1).Select(r => r.Id));
    }
}
