using System.Text;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Node.Web.Posting;
using static Entente.Node.Tests.Exchange.Offices;

namespace Entente.Node.Tests.Exchange;

/// <summary>A double click, a reload, a network that repeats: a form without script is posted twice, and sends once.</summary>
public sealed class PostedTwiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Request_posted_twice_at_the_same_instant_is_sent_once_and_both_see_its_case(string engine)
    {
        await using var office = await OneOffice.OpenAsync(engine);
        var page = await office.Officer.GetAsync("/compose?to=liaison@es.interior", Cancellation);

        var both = await Task.WhenAll(
            SubmitAsync(office.Officer, page, Fields("send")),
            SubmitAsync(office.Officer, page, Fields("send"))
        );
        var later = await SubmitAsync(office.Officer, page, Fields("send"));

        both.Append(later)
            .Select(one => one.Url.AbsolutePath)
            .Distinct()
            .ShouldHaveSingleItem()
            .ShouldStartWith("/cases/");
        (await office.SentAsync()).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Other_words_under_the_same_number_are_another_message(string engine)
    {
        await using var office = await OneOffice.OpenAsync(engine);
        var page = await office.Officer.GetAsync("/compose?to=liaison@es.interior", Cancellation);
        var other = Fields("send").Select(f => f.Key == "subject" ? new(f.Key, "Autre demande") : f).ToList();

        var first = await SubmitAsync(office.Officer, page, Fields("send"));
        var second = await SubmitAsync(office.Officer, page, other);

        second.Url.AbsolutePath.ShouldNotBe(first.Url.AbsolutePath);
        (await office.SentAsync()).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Another_file_under_the_same_words_is_another_message(string engine)
    {
        await using var office = await OneOffice.OpenAsync(engine);
        var page = await office.Officer.GetAsync("/compose?to=liaison@es.interior", Cancellation);

        foreach (var content in (string[])["une pièce", "une pièce", "une autre"])
        {
            var file = ("files", "note.txt", "text/plain", Encoding.UTF8.GetBytes(content));
            await office.Officer.SubmitAsync(page, "compose", Fields("send"), Cancellation, file);
        }

        (await office.SentAsync()).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task The_same_words_in_a_form_opened_anew_are_sent_again(string engine)
    {
        await using var office = await OneOffice.OpenAsync(engine);

        await AskAsync(office.Officer);
        await AskAsync(office.Officer);

        (await office.SentAsync()).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_waits_for_a_second_person_is_asked_once(string engine)
    {
        await using var office = await OneOffice.OpenAsync(engine);
        var page = await office.Officer.GetAsync("/compose?to=liaison@es.interior", Cancellation);
        IReadOnlyList<KeyValuePair<string, string>> fields =
        [
            .. About("Exemple Inventé").Where(f => f.Key != "subject.0.category"),
            new("subject.0.category", "victim"),
            new("subject.0.minor", "true"),
            new("approval-reason", "Motif inventé"),
        ];

        var both = await Task.WhenAll(
            SubmitAsync(office.Officer, page, fields),
            SubmitAsync(office.Officer, page, fields)
        );

        both.Select(one => one.Url.AbsolutePath).Distinct().ShouldHaveSingleItem().ShouldStartWith("/approvals/");
        (await office.CountAsync("SELECT COUNT(*) FROM approval")).ShouldBe(1);
    }

    [Fact]
    public async Task Part_of_an_answer_posted_twice_is_sent_once()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var caseId = await AskAsync(offices.Asking);
        await UntilAsync(offices.Answering, "/inbox", "Essai de bout en bout");
        var page = await offices.Answering.GetAsync($"/cases/{caseId}/answer", Cancellation);
        IReadOnlyList<KeyValuePair<string, string>> part = [.. Provided, new("more", "1")];

        var both = await Task.WhenAll(
            offices.Answering.SubmitAsync(page, "answer", part, Cancellation),
            offices.Answering.SubmitAsync(page, "answer", part, Cancellation)
        );

        both.ShouldAllBe(one => one.Url.AbsolutePath == $"/cases/{caseId}");
        const string answers = "SELECT COUNT(*) FROM message WHERE direction = 'out' AND kind = 'answer'";
        var sent = await offices.Madrid.Database.ReadAsync(
            c => c.OneAsync<long>(answers, null, Cancellation),
            Cancellation
        );
        sent.ShouldBe(1);
    }

    [Fact]
    public async Task Recall_posted_twice_is_begun_once()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var caseId = await AskAsync(offices.Asking);
        await UntilAsync(offices.Asking, $"/cases/{caseId}", "Remis");
        const string asked = "SELECT id FROM message WHERE direction = 'out' AND kind = 'request'";
        var message = await offices.Rabat.Database.ReadAsync(
            c => c.OneAsync<string>(asked, null, Cancellation),
            Cancellation
        );
        var page = await offices.Asking.GetAsync($"/cases/{caseId}/correct/{message}", Cancellation);
        IReadOnlyList<KeyValuePair<string, string>> fields = [new("wanted", "recall"), new("ground", "inaccurate")];

        var both = await Task.WhenAll(
            offices.Asking.SubmitAsync(page, "correct", fields, Cancellation),
            offices.Asking.SubmitAsync(page, "correct", fields, Cancellation)
        );

        both.Select(one => one.Url.AbsolutePath).Distinct().ShouldHaveSingleItem().ShouldStartWith("/corrections/");
        const string begun = "SELECT COUNT(*) FROM correction WHERE direction = 'out'";
        (
            await offices.Rabat.Database.ReadAsync(c => c.OneAsync<long>(begun, null, Cancellation), Cancellation)
        ).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_a_form_led_to_is_forgotten_after_a_day_and_is_nobody_elses(string engine)
    {
        var clock = new TestClock();
        await using var store = await TestStore.CreateAsync(engine, clock);
        await using var one = store.Services();
        await using var another = store.Services();
        var (here, there) = (one.GetRequiredService<PostedForms>(), another.GetRequiredService<PostedForms>());
        var post = new PostedForm("officier", "0192", "words");
        await store.Database.WriteAsync(t => here.KeepAsync(t, post, "/cases/1", Cancellation), Cancellation);

        (await there.LedToAsync(post, Cancellation)).ShouldBe("/cases/1");
        (await there.LedToAsync(post with { Officer = "autre" }, Cancellation)).ShouldBeNull();
        clock.Advance(TimeSpan.FromHours(25));
        (await there.LedToAsync(post, Cancellation)).ShouldBeNull();
        var next = post with { Number = "0193" };
        await store.Database.WriteAsync(t => there.KeepAsync(t, next, "/cases/2", Cancellation), Cancellation);
        const string rows = "SELECT COUNT(*) FROM posted_form";
        (await store.Database.ReadAsync(c => c.OneAsync<long>(rows, null, Cancellation), Cancellation)).ShouldBe(1);
    }

    private sealed class OneOffice : IAsyncDisposable
    {
        public required TestNode Rabat { get; init; }

        public required BrowserlessClient Officer { get; init; }

        public static async Task<OneOffice> OpenAsync(string engine)
        {
            var rabat = await TestNode.StartAsync("ma.interieur", engine);
            await using var madrid = await TestNode.StartAsync("es.interior");
            await LinkAsync(rabat, madrid);
            return new OneOffice { Rabat = rabat, Officer = await SignedInAsync(rabat) };
        }

        public Task<long> SentAsync() =>
            CountAsync("SELECT COUNT(*) FROM message WHERE direction = 'out' AND kind = 'request'");

        public Task<long> CountAsync(string sql) =>
            Rabat.Database.ReadAsync(c => c.OneAsync<long>(sql, null, Cancellation), Cancellation);

        public async ValueTask DisposeAsync()
        {
            Officer.Dispose();
            await Rabat.DisposeAsync();
        }
    }
}
