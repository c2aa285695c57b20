using Entente.Node.Features.Record;

namespace Entente.Node.Tests.Record;

public sealed class FoldedNameTests
{
    [Theory]
    [InlineData("Pedro Morenés", "Pedro Morenes")]
    [InlineData("Fernando Grande-Marlaska", "Fernando Grande Marlaska Gómez")]
    [InlineData("Jorge Fernadez Diaz", "Jorge Fernández Díaz")]
    [InlineData("LAFTIT Abdelouafi", "Abdelouafi Laftit")]
    [InlineData("Laftit", "Abdelouafi Laftit")]
    [InlineData("Abdelwafi Laftit", "Abdelouafi Laftit")]
    [InlineData("Nancy Fizr", "Nancy Faeser")]
    public void Two_spellings_of_one_name_fit(string one, string other) =>
        FoldedName.Fit(FoldedName.Of(one), FoldedName.Of(other)).ShouldBeTrue();

    [Theory]
    [InlineData("Pedro", "Pedro Morenés")]
    [InlineData("Mohamed Hassad", "Mohand Laenser")]
    [InlineData("Kai Mykkänen", "Krista Mikkonen")]
    [InlineData("Mikkonen", "Kai Mykkänen")]
    public void Two_people_do_not_fit(string one, string other) =>
        FoldedName.Fit(FoldedName.Of(one), FoldedName.Of(other)).ShouldBeFalse();
}
