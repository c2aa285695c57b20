using System.Text;
using Dapper;
using Entente.Node.Features.Readings;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Readings;

public sealed class ReadingDeskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Text_handed_in_twice_is_read_once(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var desk = services.GetRequiredService<ReadingDesk>();

        var first = await desk.ReceiveTextAsync("a.txt", Texts.Finland, "bureau", Cancellation);
        var second = await desk.ReceiveTextAsync("b.txt", Texts.Finland + "\r\n\r\n", "bureau", Cancellation);

        first.State.ShouldBe(ReceptionState.Draft);
        second.State.ShouldBe(ReceptionState.AlreadyRead);
        second.Reading.ShouldBe(first.Reading);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Draft_tells_the_words_each_value_came_from(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();

        var reading = await ReceiveAsync(services, Texts.Finland);

        reading.Row.Partners.ShouldBe("FI");
        reading.Draft.Single("date").ShouldBe("2018-04-23");
        foreach (var value in reading.Draft.Values)
        {
            value.Spans.ShouldNotBeEmpty(value.Field);
            value.Spans.ShouldAllBe(s => s.Start >= 0 && s.End <= reading.Text.Length);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Text_about_no_encounter_is_kept_as_such(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();

        var reading = await ReceiveAsync(services, Texts.Hydrogen);

        reading.Row.State.ShouldBe(ReadingStates.None);
        reading.Draft.Many("partner").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   \n ", "empty")]
    [InlineData("\u007fELF\u0001\0\0\0\0", "binary")]
    public async Task File_that_holds_no_text_is_refused_by_name(string content, string code)
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var desk = services.GetRequiredService<ReadingDesk>();

        var refused = await desk.ReceiveAsync("x.txt", Encoding.UTF8.GetBytes(content), "bureau", Cancellation);

        refused.Name.ShouldBe("x.txt");
        refused.State.ShouldBe(ReceptionState.Refused);
        refused.Refusal!.Code.ShouldBe(code);
        (await CountAsync(store)).ShouldBe(0);
    }

    [Fact]
    public async Task File_that_is_too_large_is_refused()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var desk = services.GetRequiredService<ReadingDesk>();

        var refused = await desk.ReceiveAsync("x.txt", new byte[9 * 1024 * 1024], "bureau", Cancellation);

        refused.Refusal.ShouldBe(ReadingRefusal.TooLarge);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Second_text_of_an_encounter_points_to_the_first(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();

        var first = await ReceiveAsync(services, Texts.Finland);
        var second = await ReceiveAsync(
            services,
            Texts.Finland.Replace("Communiqué de presse", "Communiqué", StringComparison.Ordinal)
        );

        second.Row.SameAs.ShouldBe(first.Row.Id);
    }

    internal static async Task<ReadingText> ReceiveAsync(IServiceProvider services, string text)
    {
        var desk = services.GetRequiredService<ReadingDesk>();
        var received = await desk.ReceiveTextAsync("text", text, "bureau", Cancellation);
        var readings = services.GetRequiredService<ReadingStore>();
        return (await readings.FindAsync(received.Reading!, Cancellation))!; // It was just received.
    }

    private static Task<long> CountAsync(TestStore store) =>
        store.Database.ReadAsync(c => c.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM reading"), Cancellation);
}
