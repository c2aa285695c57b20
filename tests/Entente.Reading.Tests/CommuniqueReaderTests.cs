namespace Entente.Reading.Tests;

public sealed class CommuniqueReaderTests
{
    private const string French =
        "Lyon, le 12/03/2021\n\nLe ministre français de l'Intérieur, M. Paul Exemplaire, a reçu, ce vendredi à Paris, "
        + "son homologue portugais, M. Rui Modelo. Les deux ministres ont convenu de renforcer leur coopération contre "
        + "le trafic de drogue.";

    [Fact]
    public void French_communique_gives_both_ministers_with_role_and_side()
    {
        var reading = CommuniqueReader.Default.Read(French);

        reading.Language.ShouldBe("fr");
        reading.Partners.Select(partner => partner.Value).ShouldBe(["FR", "PT"]);
        reading
            .Participants.Select(person => (person.Name, person.Role, person.Side))
            .ShouldBe([("Paul Exemplaire", "interior-minister", "FR"), ("Rui Modelo", "interior-minister", "PT")]);
        reading.Domains.Select(domain => domain.Value).ShouldBe(["drug-trafficking"]);
        reading.Encounter.Place!.Value.ShouldBe("Paris");
        reading.Encounter.Date!.Value.ShouldBe(new DateOnly(2021, 3, 12));
    }
}
