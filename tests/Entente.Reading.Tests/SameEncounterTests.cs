namespace Entente.Reading.Tests;

public sealed class SameEncounterTests
{
    private const string First =
        "12/03/2021\nLe ministre français de l'Intérieur, M. Paul Exemplaire, a reçu vendredi à Paris son homologue portugais, M. Rui Modelo, au sujet du trafic de drogue.";

    private const string Second =
        "Publicado el 13/03/2021\nEl ministro francés del Interior, Paul Exemplaire, recibió el viernes en París a su homólogo portugués, Rui Modelo, y ambos hablaron de terrorismo.";

    private const string Other =
        "02/10/2021\nLe ministre français de l'Intérieur, M. Paul Exemplaire, a reçu vendredi à Paris son homologue belge, M. Jan Voorbeeld, au sujet du terrorisme.";

    [Fact]
    public void Two_languages_on_one_meeting_are_one_encounter_with_their_differences()
    {
        var resemblance = Compare(First, Second);

        resemblance.Likely.ShouldBeTrue();
        resemblance.Differences.ShouldContain(new Difference("domain", "drug-trafficking", null));
        resemblance.Differences.ShouldContain(new Difference("domain", null, "terrorism"));
    }

    [Fact]
    public void Meetings_with_different_partners_are_two()
    {
        Compare(First, Other).Likely.ShouldBeFalse();
    }

    [Fact]
    public void Copied_text_is_one_encounter()
    {
        Compare(First, First + "\nPar la rédaction").Score.ShouldBe(1);
    }

    private static Resemblance Compare(string a, string b) =>
        SameEncounter.Likely(CommuniqueReader.Default.Read(a), a, CommuniqueReader.Default.Read(b), b);
}
