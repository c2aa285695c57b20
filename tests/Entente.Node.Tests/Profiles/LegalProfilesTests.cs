using Entente.Node.Profiles;
using Entente.Node.Web;

namespace Entente.Node.Tests.Profiles;

public sealed class LegalProfilesTests
{
    private static readonly LegalProfiles Profiles = new();

    public static TheoryData<string, string> Each => new(Profiles.All.Select(profile => (profile.Id, profile.Version)));

    [Fact]
    public void Directive_s_limits_are_eight_hours_three_days_and_seven_days_from_receipt()
    {
        var profile = Profiles.Find("eu-2023-977", "2023-06-11")!;

        profile.Limit("urgent-direct")!.Span.ShouldBe(TimeSpan.FromHours(8));
        profile.Limit("urgent-indirect")!.Span.ShouldBe(TimeSpan.FromDays(3));
        profile.Limit("other")!.Span.ShouldBe(TimeSpan.FromDays(7));
        profile.TimeLimits.ShouldAllBe(limit => limit.CountedFrom == "receipt" && limit.Flag == "verified");
    }

    [Theory, MemberData(nameof(Each))]
    public void File_s_place_is_its_identity(string id, string version) =>
        LegalProfiles.Resources().ShouldContain($"profiles/{id}/{version}.json");

    [Theory, MemberData(nameof(Each))]
    public void Every_value_has_a_source_a_flag_and_six_languages(string id, string version)
    {
        var profile = Profiles.Find(id, version)!;

        foreach (var value in Values(profile))
        {
            value.Source.ShouldNotBeNullOrWhiteSpace(value.Code);
            new[] { "verified", "recalled", "agreed" }.ShouldContain(value.Flag, value.Code);
            value.Texts.Keys.ShouldBe(LabelBook.Languages, ignoreOrder: true, value.Code);
            value.Texts.Values.ShouldAllBe(text => text.Length > 2);
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void Codes_are_unique_within_their_list(string id, string version)
    {
        var profile = Profiles.Find(id, version)!;

        profile.RefusalGrounds.Select(g => g.Code).ShouldBeUnique();
        profile.RequestContents.Select(g => g.Code).ShouldBeUnique();
        profile.Handling.Select(g => g.Code).ShouldBe(["H0", "H1", "H2", "H3"]);
        profile.Evaluation.Reliability.Select(g => g.Code).ShouldBe(["A", "B", "C", "X"]);
        profile.Evaluation.Accuracy.Select(g => g.Code).ShouldBe(["1", "2", "3", "4"]);
        profile.TimeLimits.ShouldAllBe(limit => limit.Span > TimeSpan.Zero);
    }

    [Theory, MemberData(nameof(Each))]
    public void Categories_of_persons_keep_victims_apart_and_labels_stand_untranslated(string id, string version)
    {
        var profile = Profiles.Find(id, version)!;

        profile.SubjectCategories.Where(category => category.Guarded).Select(c => c.Code).ShouldBe(["victim"]);
        profile.Tlp.Select(label => label.Code).ShouldBe(["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"]);
        profile.Pap.Select(label => label.Code).ShouldBe(["RED", "AMBER", "GREEN", "CLEAR"]);
        profile.OtherScales.Single().Scale.ShouldBe("6x6");
    }

    [Fact]
    public void Sender_s_law_names_its_grounds_in_six_languages_with_their_source()
    {
        var law = SenderLaws.Directive;

        law.Binds("FI").ShouldBeTrue();
        law.Binds("MA").ShouldBeFalse();
        law.Adequate.Contains("MA").ShouldBeFalse();
        foreach (
            var value in (IEnumerable<Sourced>)[.. law.TransferGrounds, .. law.SpecialCategories, .. law.SpecialGrounds]
        )
        {
            value.Source.ShouldStartWith("Directive (EU) 2016/680 art. ");
            value.Texts.Keys.ShouldBe(LabelBook.Languages, ignoreOrder: true, value.Code);
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void Identity_is_the_file_s_hash(string id, string version) =>
        Profiles.Find(id, version)!.Sha256.Length.ShouldBe(43);

    [Fact]
    public void Marking_scheme_orders_its_levels_and_a_missing_level_is_rounded_up()
    {
        var markings = new MarkingBook();

        markings.Schemes.ShouldAllBe(scheme =>
            scheme.Levels.Zip(scheme.Levels.Skip(1)).All(p => p.First.Rank < p.Second.Rank)
        );
        MarkingBook.Mark(markings.For("FR"), 2).Marking.ShouldBe("SECRET");
        markings.For("MA").Id.ShouldBe(MarkingBook.Neutral);
        markings.For("ES").Levels.Single(level => level.Marking == "SECRETO").Rank.ShouldBe(4);
    }

    [Fact]
    public void Scheme_out_of_use_marks_nothing_new_and_is_still_read()
    {
        var markings = new MarkingBook();

        markings.For("FR").Version.ShouldBe("2021-07-01");
        var before = markings.Schemes.Single(scheme => scheme is { Id: "fr", Until: not null });
        markings.Find(before.Id, before.Version).ShouldBe(before);
        before.Levels.Single(level => level.Marking == "CONFIDENTIEL DÉFENSE").Rank.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Each))]
    public void Every_category_is_reviewed_within_six_months_and_erased_at_some_time(string id, string version)
    {
        var periods = Profiles.Find(id, version)!.Retention;

        periods
            .Select(p => p.Code)
            .ShouldBe(["suspect", "convicted", "victim", "other", "no-person"], ignoreOrder: true);
        periods.ShouldAllBe(p => p.ReviewMonths > 0 && p.ReviewMonths <= 6 && p.AgainMonths > 0);
        periods.ShouldAllBe(p => p.EraseMonths >= p.ReviewMonths && p.EraseSource.Length > 3);
        periods.ShouldAllBe(p => new[] { "verified", "recalled", "agreed" }.Contains(p.EraseFlag));
    }

    private static IEnumerable<Sourced> Values(LegalProfile profile) =>
        [
            .. profile.TimeLimits,
            .. profile.UrgencyGrounds,
            .. profile.RequestContents,
            .. profile.RefusalGrounds,
            .. profile.Handling,
            .. profile.Evaluation.Reliability,
            .. profile.Evaluation.Accuracy,
            .. profile.Retention,
            profile.ThirdParty,
            .. profile.SubjectCategories,
            .. profile.Tlp,
            .. profile.Pap,
            .. profile.OtherScales.SelectMany(scale => scale.Reliability.Concat(scale.Accuracy)),
        ];
}
