using Entente.Node.Features.Readings;
using Entente.Node.Features.Record;

namespace Entente.Node.Tests.Readings;

public sealed class KnownPeopleTests
{
    private static readonly KnownOfficial Minister = new()
    {
        Id = "1",
        Country = "MR",
        Name = "Mohamed Ould Namoudaj",
        Role = "interior-minister",
        SeenFirst = "2022-01-01",
        SeenLast = "2024-12-31",
    };
    private static readonly KnownOfficial AsDirector = Minister with
    {
        Role = "service-head",
        SeenFirst = "2018-01-01",
        SeenLast = "2020-12-31",
    };
    private static readonly KnownOfficial Predecessor = new()
    {
        Id = "2",
        Country = "MR",
        Name = "Ahmed Ould Mithal",
        Role = "interior-minister",
        SeenFirst = "2018-01-01",
        SeenLast = "2021-12-31",
    };

    [Fact]
    public void Name_in_another_script_is_spelt_as_on_record()
    {
        var person = Recognised(
            ("name", "Mouhammad Ould Namoudhaj"),
            ("native", "محمد ولد النموذج"),
            ("role", "interior-minister")
        );

        person.Part("name").ShouldBe("Mohamed Ould Namoudaj");
        person.Part("native").ShouldBe("محمد ولد النموذج");
    }

    [Fact]
    public void Surname_with_its_post_is_completed()
    {
        Recognised(("name", "Namoudaj"), ("role", "interior-minister")).Part("name").ShouldBe("Mohamed Ould Namoudaj");
        Recognised(("name", "Namoudaj"), ("role", "ambassador")).Part("name").ShouldBe("Namoudaj");
    }

    [Fact]
    public void Full_name_stays_as_the_text_spells_it()
    {
        Recognised(("name", "Mohammed Ould Namouthaj"), ("role", "interior-minister"))
            .Part("name")
            .ShouldBe("Mohammed Ould Namouthaj");
    }

    [Theory]
    [InlineData("2019-05-06", "service-head")]
    [InlineData("2023-05-06", "interior-minister")]
    public void Day_of_the_text_picks_the_post_that_the_text_leaves_open(string day, string role)
    {
        Recognised(day, ("name", "Mohamed Ould Namoudaj"), ("role", "other-official")).Part("role").ShouldBe(role);
    }

    [Fact]
    public void Post_that_the_text_says_is_never_changed()
    {
        Recognised("2019-05-06", ("name", "Mohamed Ould Namoudaj"), ("role", "interior-minister"))
            .Part("role")
            .ShouldBe("interior-minister");
    }

    private static DraftValue Recognised(params (string, string)[] parts) => Recognised("2023-05-06", parts);

    private static DraftValue Recognised(string day, params (string Name, string Text)[] parts)
    {
        var person = Value("v1", "participant", [("side", "MR"), .. parts]);
        var draft = new Draft { Language = "fr", Values = [person, Value("v2", "date", [("value", day)])] };
        return KnownPeople.Recognise(draft, [Minister, AsDirector, Predecessor]).Values[0];
    }

    private static DraftValue Value(string id, string field, (string Name, string Text)[] parts) =>
        new()
        {
            Id = id,
            Field = field,
            Parts = parts.ToDictionary(p => p.Name, p => p.Text),
            Confidence = 0.9,
            Spans = [new DraftSpan(0, 1)],
        };
}
