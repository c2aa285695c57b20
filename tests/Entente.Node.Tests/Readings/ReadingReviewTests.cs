using Dapper;
using Entente.Node.Features.Readings;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Readings;

public sealed class ReadingReviewTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Accepting_twice_enters_one_meeting(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var reading = await ReadingDeskTests.ReceiveAsync(services, Texts.Finland);
        var acceptance = services.GetRequiredService<ReadingAcceptance>();

        var first = await acceptance.AcceptAsync(Seen(reading), MeetingChoice.Likeliest, Cancellation);
        var second = await acceptance.AcceptAsync(Seen(reading), MeetingChoice.Another, Cancellation);

        first.Refusal.ShouldBeNull();
        second.Meeting.ShouldBe(first.Meeting);
        (await CountAsync(store, "meeting")).ShouldBe(1);
        (await CountAsync(store, "participation")).ShouldBeGreaterThan(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Two_articles_of_one_encounter_become_one_meeting_with_two_sources(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var one = await ReadingDeskTests.ReceiveAsync(services, Texts.Finland);
        var other = await ReadingDeskTests.ReceiveAsync(
            services,
            Texts.Finland.Replace("Communiqué de presse", "Communiqué", StringComparison.Ordinal)
        );
        var acceptance = services.GetRequiredService<ReadingAcceptance>();

        var first = await acceptance.AcceptAsync(Seen(one), MeetingChoice.Likeliest, Cancellation);
        var second = await acceptance.AcceptAsync(Seen(other), MeetingChoice.Likeliest, Cancellation);

        second.Meeting.ShouldBe(first.Meeting);
        (await CountAsync(store, "meeting_source")).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Officer_may_insist_that_it_is_another_meeting(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var one = await ReadingDeskTests.ReceiveAsync(services, Texts.Finland);
        var other = await ReadingDeskTests.ReceiveAsync(services, Texts.Finland + "\nPlus tard.");
        var acceptance = services.GetRequiredService<ReadingAcceptance>();

        await acceptance.AcceptAsync(Seen(one), MeetingChoice.Likeliest, Cancellation);
        await acceptance.AcceptAsync(Seen(other), MeetingChoice.Another, Cancellation);

        (await CountAsync(store, "meeting")).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Corrected_value_remembers_what_was_read(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var reading = await ReadingDeskTests.ReceiveAsync(services, Texts.Finland);
        var place = reading.Draft.Kept("place").Single();

        var refusal = await Review(services).CorrectAsync(Seen(reading), place.Id, _ => "Salé", Cancellation);

        refusal.ShouldBeNull();
        var changed = (await FindAsync(services, reading)).Draft.Kept("place").Single();
        changed.Part("value").ShouldBe("Salé");
        changed.Was!["value"].ShouldBe("Rabat");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Added_value_stands_on_the_words_the_officer_chose(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var reading = await ReadingDeskTests.ReceiveAsync(services, Texts.Finland);
        const string words = "Les deux délégations";

        await Review(services).AddAsync(Seen(reading), "format", words, _ => "enlarged", Cancellation);

        var changed = await FindAsync(services, reading);
        var span = changed.Draft.Values.Single(v => v.Origin == ValueOrigin.Added).Spans.Single();
        changed.Text.Substring(span.Start, span.Length).ShouldBe(words);
    }

    [Fact]
    public async Task Value_outside_its_list_and_words_outside_the_text_are_refused()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var reading = await ReadingDeskTests.ReceiveAsync(services, Texts.Finland);
        var review = Review(services);

        var value = await review.AddAsync(Seen(reading), "domain", "", _ => "cooking", Cancellation);
        var words = await review.AddAsync(Seen(reading), "domain", "recettes", _ => "terrorism", Cancellation);

        value.ShouldBe(ReadingRefusal.BadValue);
        words.ShouldBe(ReadingRefusal.WordsNotInText);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Change_to_a_draft_that_somebody_else_changed_is_refused(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var reading = await ReadingDeskTests.ReceiveAsync(services, Texts.Finland);
        var review = Review(services);
        var place = reading.Draft.Kept("place").Single().Id;

        await review.RejectValueAsync(Seen(reading), place, true, Cancellation);
        var late = await review.RejectValueAsync(Seen(reading), place, true, Cancellation);

        late.ShouldBe(ReadingRefusal.Changed);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Rejected_draft_needs_a_reason_and_can_be_taken_up_again(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var reading = await ReadingDeskTests.ReceiveAsync(services, Texts.Finland);
        var review = Review(services);

        (await review.RejectAsync(Seen(reading), " ", Cancellation)).ShouldBe(ReadingRefusal.NoReason);
        (await review.RejectAsync(Seen(reading), "Ancien texte", Cancellation)).ShouldBeNull();
        var rejected = await FindAsync(services, reading);
        (await review.ReopenAsync(Seen(rejected), Cancellation)).ShouldBeNull();

        rejected.Row.Reason.ShouldBe("Ancien texte");
        (await FindAsync(services, reading)).Row.State.ShouldBe(ReadingStates.Draft);
    }

    [Fact]
    public async Task Draft_without_another_state_is_not_accepted()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var reading = await ReadingDeskTests.ReceiveAsync(services, Texts.Hydrogen);

        var accepted = await services
            .GetRequiredService<ReadingAcceptance>()
            .AcceptAsync(Seen(reading), MeetingChoice.Likeliest, Cancellation);

        accepted.Refusal.ShouldBe(ReadingRefusal.NotAnEncounter);
    }

    private static ReadingReview Review(IServiceProvider services) => services.GetRequiredService<ReadingReview>();

    private static DraftSeen Seen(ReadingText reading) => new(reading.Row.Id, reading.Row.Version, "bureau");

    private static async Task<ReadingText> FindAsync(IServiceProvider services, ReadingText reading) =>
        (await services.GetRequiredService<ReadingStore>().FindAsync(reading.Row.Id, Cancellation))!; // It exists.

    private static Task<long> CountAsync(TestStore store, string table) =>
        store.Database.ReadAsync(
#pragma warning disable CA2100 // The name is one of this test's own constants.
            c => c.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}"),
#pragma warning restore CA2100
            Cancellation);
}
