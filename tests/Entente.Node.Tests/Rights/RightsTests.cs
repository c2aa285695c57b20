using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Features.Retention.Registers;
using Entente.Node.Features.Rights;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Protection;
using Entente.Node.Tests.Retention;
using Entente.Node.Tests.Support;
using Entente.Node.Web;

namespace Entente.Node.Tests.Rights;

public sealed class RightsTests
{
    private const string Name = "ERASMUS Inventé";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Person_is_given_what_is_said_of_them_and_nothing_else_after_a_second_person_approved(
        string engine
    )
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (_, message) = await both.AskAsync(Name);
        await both.AskAsync("Quelqu’un d’AUTRE");
        var id = await AskedAsync(both, RightsRequest.Access);
        var items = await both.Rabat.Get<HeldData>().FindAsync(both.Supervisor, id, Name, Cancellation);
        items.ShouldHaveSingleItem().Opened.Stored.Id.ShouldBe(message);

        var approval = await PreparedAsync(both, id, new RightsAnswer("provided", null, [message]));
        (await ApproveAsync(both, approval, both.Supervisor)).ShouldBeOfType<NotTheirsToDecide>();
        (await LetterAsync(both, id)).ShouldBeNull();
        (await ApproveAsync(both, approval, both.Protection)).ShouldBeNull();

        var letter = (await LetterAsync(both, id))!;
        letter.Rows.ShouldHaveSingleItem()[1].ShouldContain(Name);
        letter.Text.ShouldNotContain("Enquête");
        letter.ToWord().Length.ShouldBeGreaterThan(1000);
        (await both.Rabat.Get<RightsDesk>().SentAsync(both.Supervisor, id, Cancellation)).ShouldBeNull();
        (
            await both.Rabat.Get<RightsDesk>().SentAsync(both.Supervisor, id, Cancellation)
        ).ShouldBeOfType<RightsError.NotReady>();
        (await both.Rabat.LedgerAsync("disclose")).ShouldContain("rights-letter:provided");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Letter_about_a_protected_person_is_the_letter_about_nobody_word_for_word(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        await both.AskAsync(Name);
        await both.Rabat.Get<ProtectionDesk>().PlaceAsync(both.Protection, Name, "MA", "Essai", Cancellation);
        var held = both.Rabat.Get<HeldData>();

        foreach (var language in LabelBook.Languages)
        {
            var known = await AskedAsync(both, RightsRequest.Access, language: language);
            var unknown = await AskedAsync(both, RightsRequest.Access, "PERSONNE Inconnue", language);
            (await held.FindAsync(both.Protection, known, Name, Cancellation)).ShouldBeEmpty();
            (await held.FindAsync(both.Supervisor, known, Name, Cancellation)).ShouldBeEmpty();
            var none = new RightsAnswer(RightsAnswer.None, null, []);
            await ApproveAsync(both, await PreparedAsync(both, known, none), both.Protection);
            await ApproveAsync(both, await PreparedAsync(both, unknown, none), both.Protection);

            var (one, other) = ((await LetterAsync(both, known))!, (await LetterAsync(both, unknown))!);
            one.Paragraphs.ShouldBe(other.Paragraphs);
            one.Closing.ShouldBe(other.Closing);
            one.Subject.ShouldBe(other.Subject);
            (one.Rows.Count, other.Rows.Count).ShouldBe((0, 0));
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_restricted_is_kept_and_no_longer_used(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (_, message) = await both.AskAsync(Name);
        var door = both.Rabat.Get<UseDoor>();
        (await AllowedAsync(door, both.Rabat.Officer, DisclosureAct.View, message)).ShouldBeTrue();
        var id = await AskedAsync(both, RightsRequest.Restriction);

        var approval = await PreparedAsync(both, id, new RightsAnswer("done", null, [message]));
        (await ApproveAsync(both, approval, both.Protection)).ShouldBeNull();

        foreach (var act in Enum.GetValues<DisclosureAct>().Where(act => act != DisclosureAct.Count))
        {
            (await AllowedAsync(door, both.Rabat.Officer, act, message)).ShouldBeFalse(act.ToString());
        }

        (await AllowedAsync(door, both.Protection, DisclosureAct.View, message)).ShouldBeTrue();
        (await both.IsReadableAsync(message)).ShouldBeTrue(); // Kept.
        (await LetterAsync(both, id))!.Text.ShouldContain("ne seront plus utilisées");

        var desk = both.Rabat.Get<RightsDesk>();
        (await desk.LiftAsync(both.Protection, id, Cancellation)).ShouldBeNull();
        (await AllowedAsync(door, both.Rabat.Officer, DisclosureAct.View, message)).ShouldBeTrue();
        (await desk.LiftAsync(both.Protection, id, Cancellation)).ShouldBeOfType<RightsError.NotRestricted>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_erased_for_a_person_is_unreadable_with_the_approval(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (_, message) = await both.AskAsync(Name);
        var id = await AskedAsync(both, RightsRequest.Erasure);

        var approval = await PreparedAsync(both, id, new RightsAnswer("done", null, [message]));
        (await ApproveAsync(both, approval, both.Protection)).ShouldBeNull();

        (await both.IsReadableAsync(message)).ShouldBeFalse();
        (await both.Rabat.LedgerAsync("erase")).ShouldBe(["rights"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Answer_must_fit_the_question_and_a_refused_letter_is_prepared_again(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (_, message) = await both.AskAsync(Name);
        var id = await AskedAsync(both, RightsRequest.Access);
        var desk = both.Rabat.Get<RightsDesk>();

        foreach (
            var wrong in (RightsAnswer[])
                [
                    new("done", null, [message]),
                    new("provided", null, []),
                    new("provided", null, ["0197e000-0000-7000-8000-000000000009"]),
                    new("refused", "fancy", []),
                    new("", null, []),
                ]
        )
        {
            var (_, error) = await desk.PrepareAsync(both.Supervisor, id, wrong, "", Cancellation);
            error.ShouldBeOfType<RightsError.AnswerMissing>();
        }

        var approval = await PreparedAsync(both, id, new RightsAnswer("refused", "identity", []));
        (
            await desk.PrepareAsync(both.Supervisor, id, new RightsAnswer("none", null, []), "", Cancellation)
        ).Error.ShouldBeOfType<RightsError.NotOpen>();
        await ApproveAsync(both, approval, both.Protection, grant: false);
        (await both.Rabat.Get<RightsBook>().FindAsync(id, Cancellation))!.Request.State.ShouldBe("open");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Register_has_its_time_and_names_nobody(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var id = await AskedAsync(both, RightsRequest.Access);

        var row = (await both.Rabat.Get<RightsBook>().ListAsync(open: true, Cancellation)).ShouldHaveSingleItem();

        row.Id.ShouldBe(id);
        row.DueAt.ShouldBe(row.ReceivedAt.AddMonths(RightsDesk.Months));
        row.ToString().ShouldNotContain("ERASMUS");
        const string sql = "SELECT json FROM ledger_leaf";
        var leaves = await both.Rabat.Database.ReadAsync(
            c => c.ListAsync<string>(sql, null, Cancellation),
            Cancellation
        );
        leaves.ShouldAllBe(leaf => !leaf.Contains("ERASMUS", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Person_named_in_the_text_of_an_answer_is_found_there(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (_, asked) = await both.AskAsync("Quelqu’un d’AUTRE");
        var text = "Le véhicule est inconnu. Vu avec Erasmus inventé au port. Rien d’autre.";
        await both.AnswerAsync(Drafts.Answer(asked) with { Text = text });
        var id = await AskedAsync(both, RightsRequest.Access);

        var item = (
            await both.Rabat.Get<HeldData>().FindAsync(both.Supervisor, id, "Erasmus", Cancellation)
        ).ShouldHaveSingleItem();

        item.Opened.Message.Kind.ShouldBe("answer");
        item.Said.ShouldBe(["Vu avec Erasmus inventé au port."]);
        var elsewhere = both.Supervisor with
        {
            Unit = "ailleurs",
            Roles = new HashSet<Role> { Role.Officer },
        };
        (await both.Rabat.Get<HeldData>().FindAsync(elsewhere, id, "Erasmus", Cancellation)).ShouldBeEmpty();

        await both.Rabat.Get<ProtectionDesk>().PlaceAsync(both.Protection, "Erasmus inventé", "MA", null, Cancellation);
        (await both.Rabat.Get<HeldData>().FindAsync(both.Supervisor, id, "Erasmus", Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Letters_that_tell_nothing_go_at_moments_of_one_distribution_whether_there_is_data_or_not()
    {
        await using var both = await KeptBureaus.OpenAsync("Sqlite");
        await both.AskAsync(Name);
        await both.Rabat.Get<ProtectionDesk>().PlaceAsync(both.Protection, Name, "MA", "Essai", Cancellation);
        var (held, none) = (new List<double>(), new List<double>());

        for (var i = 0; i < 40; i++)
        {
            held.Add(await ReleasedAsync(both, Name, TimeSpan.FromDays(2 + (i % 5)))); // Somebody looked for longer.
            none.Add(await ReleasedAsync(both, "PERSONNE Inconnue", TimeSpan.FromHours(1 + i)));
        }

        Samples.Alike(held, none).ShouldBeTrue();
        held.Concat(none).ShouldAllBe(share => share >= 0.25 && share < 0.75);
    }

    /// <summary>Which share of the time to answer has passed when the letter may go; before, it does not.</summary>
    private static async Task<double> ReleasedAsync(KeptBureaus both, string name, TimeSpan work)
    {
        var id = await AskedAsync(both, RightsRequest.Access, name);
        both.Clock.Advance(work);
        var approval = await PreparedAsync(both, id, new RightsAnswer(RightsAnswer.None, null, []));
        (await ApproveAsync(both, approval, both.Protection)).ShouldBeNull();
        var request = (await both.Rabat.Get<RightsBook>().FindAsync(id, Cancellation))!.Request; // It was recorded.
        (
            await both.Rabat.Get<RightsDesk>().SentAsync(both.Supervisor, id, Cancellation)
        ).ShouldBeOfType<RightsError.NotReady>();
        return (request.ReleaseAt!.Value - request.ReceivedAt) / (request.DueAt - request.ReceivedAt); // It tells nothing.
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Register_is_reviewed_and_erased_by_periods_of_its_own(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        await both.AskAsync(Name);
        var id = await AskedAsync(both, RightsRequest.Access);
        var approval = await PreparedAsync(both, id, new RightsAnswer("refused", "unfounded", []));
        await ApproveAsync(both, approval, both.Protection);
        (await both.Rabat.Get<RightsDesk>().SentAsync(both.Supervisor, id, Cancellation)).ShouldBeNull();
        var registers = both.Rabat.Get<RegisterDesk>();
        (await registers.ToReviewAsync(Cancellation)).ShouldBeEmpty();

        both.Clock.Advance(TimeSpan.FromDays(366));
        (await registers.ToReviewAsync(Cancellation)).ShouldHaveSingleItem().Id.ShouldBe(id);
        (await registers.KeepAsync(both.Protection, "rights", id, Cancellation)).ShouldBeTrue();
        (await registers.ToReviewAsync(Cancellation)).ShouldBeEmpty();
        (await registers.EndAsync(both.Protection, "rights", id, Cancellation)).ShouldBeFalse(); // Not due.

        both.Clock.Advance(TimeSpan.FromDays(2 * 366));
        await both.SweepAsync();

        (await both.Rabat.Get<RightsBook>().FindAsync(id, Cancellation)).ShouldBeNull();
        (await both.Rabat.Get<RightsBook>().ListAsync(open: false, Cancellation)).ShouldBeEmpty();
        var leaf = "rights:" + id;
        const string erased = "SELECT COUNT(*) FROM ledger_leaf WHERE action = 'erase' AND object = @Leaf";
        (
            await both.Rabat.Database.ReadAsync(
                c => c.OneAsync<long>(erased, new { Leaf = leaf }, Cancellation),
                Cancellation
            )
        ).ShouldBe(1);
    }

    private static async Task<string> AskedAsync(
        KeptBureaus both,
        string kind,
        string name = Name,
        string language = "fr"
    )
    {
        var (id, error) = await both
            .Rabat.Get<RightsDesk>()
            .RecordAsync(
                both.Supervisor,
                kind,
                language,
                both.Clock.GetUtcNow(),
                new RightsFacts { Name = name },
                Cancellation
            );
        error.ShouldBeNull();
        return id!; // No error.
    }

    private static async Task<string> PreparedAsync(KeptBureaus both, string id, RightsAnswer answer)
    {
        var (approval, error) = await both
            .Rabat.Get<RightsDesk>()
            .PrepareAsync(both.Supervisor, id, answer, "Note", Cancellation);
        error.ShouldBeNull();
        return approval!; // No error.
    }

    private static Task<ApprovalError?> ApproveAsync(
        KeptBureaus both,
        string approval,
        Officer officer,
        bool grant = true
    ) => both.Rabat.Get<ApprovalDesk>().DecideAsync(officer, approval, grant, "Vérifié", Cancellation);

    private static async Task<Letter?> LetterAsync(KeptBureaus both, string id) =>
        (await both.Rabat.Get<RightsBook>().FindAsync(id, Cancellation))!.Facts.Letter; // It was recorded.

    private static async Task<bool> AllowedAsync(UseDoor door, Officer officer, DisclosureAct act, string message) =>
        (await door.AllowedAsync(officer, act, [message], null, Cancellation)).Contains(message);
}
