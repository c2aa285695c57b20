using FsCheck;
using FsCheck.Fluent;

namespace Entente.Names.Tests;

public sealed class NameComparisonTests
{
    [Theory]
    [InlineData("عبد اللطيف النموذجي", "Abdel Latif El Namoudaji")]
    [InlineData("Abdul Aziz al-Mithali", "AL MITHALI, Abdelaziz")]
    [InlineData("Андрей Примеров", "Andrei Primerov")]
    [InlineData("Νίκος Παράδειγμας", "Nikos Paradeigmas")]
    [InlineData("Paul Exemplaire", "Exemplaire, Paul")]
    [InlineData("María Ejemplo Modelo", "Maria Ejemplo")]
    [InlineData("Dr. Hans Mustermann", "Hans Mustermann")]
    [InlineData("Badr Eddine Namoudaji", "Badreddine Namouthaji")]
    [InlineData("Khaled Exempla", "Kgaled Exempla")]
    [InlineData("Jean-Pierre d'Exemple", "Jean Pierre Dexemple")]
    public void Renderings_of_one_name_are_taken_for_one(string one, string other) =>
        NameComparison.Score(one, other).ShouldBeGreaterThanOrEqualTo(NameComparison.Same);

    [Theory]
    [InlineData("محمد النموذجي", "Mahmoud Namoudaji")]
    [InlineData("Hassan Mithali", "Hussein Mithali")]
    [InlineData("Antonio Ejemplo Ruiz", "Antonia Ejemplo Ruiz")]
    [InlineData("Robert Sample", "Roger Sample")]
    [InlineData("Paul Exemplaire", "Anne Exemplaire")]
    [InlineData("Kevin Modelo Ruiz", "Kevin Muestra Ruiz")]
    public void Two_people_with_names_alike_are_two(string one, string other) =>
        NameComparison.Score(one, other).ShouldBeLessThan(NameComparison.Same);

    [Theory]
    [InlineData("", "Paul Exemplaire")]
    [InlineData("---", "123")]
    public void Text_without_a_letter_is_no_name(string one, string other) =>
        NameComparison.Score(one, other).ShouldBe(0);

    [Fact]
    public void Any_two_texts_have_a_score_between_nought_and_one()
    {
        Prop.ForAll<string?, string?>((a, b) => NameComparison.Score(a ?? "", b ?? "") is >= 0 and <= 1)
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("محمد", "mhmd")]
    [InlineData("Дмитрий", "dmitriy")]
    [InlineData("Ünal Øster", "unal oster")]
    [InlineData("Παράδειγμα", "paradeigma")]
    public void Letters_become_the_usual_latin_ones(string text, string latin) => LatinLetters.Of(text).ShouldBe(latin);

    [Fact]
    public void Index_finds_a_name_by_another_rendering_and_nothing_for_a_stranger()
    {
        var index = new NameIndex<int>([
            ("Abdelaziz Mithali", 1),
            ("Hussein Mithali", 2),
            ("Andrei Primerov", 3),
            ("Paul Exemplaire", 4),
        ]);

        index.Search("عبد العزيز المثالي").Select(hit => hit.Value).ShouldBe([1]);
        index.Search("Примеров Андрей").Select(hit => hit.Value).ShouldBe([3]);
        index.Search("Jan Voorbeeld").ShouldBeEmpty();
    }
}
