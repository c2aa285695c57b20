using System.Text.Json;
using Entente.Reading.Measuring;

namespace Entente.Reading.Tests;

public sealed class ReadingScoreTests
{
    private const string Text =
        "Lyon, le 12/03/2021\n\nLe ministre français de l'Intérieur, M. Paul Exemplaire, a reçu, ce vendredi à Paris, "
        + "son homologue portugais, M. Rui Modelo. Les deux ministres ont convenu de renforcer leur coopération contre "
        + "le trafic de drogue.";

    private const string Label = """
        {"language":"fr","published":"2021-03-12",
         "encounter":{"kind":"meeting","date":"2021-03-12","place":"Paris","formats":[]},
         "partners":["FR","PT"],
         "participants":[{"name":"Modelo, Rui","role":"interior-minister","side":"PT"},
                         {"name":"Paul Exemplaire","role":"defence-minister","side":"FR"}],
         "bodies":[],"domains":["drug-trafficking","terrorism"],"commitments":["raise-cooperation"],
         "instruments":[],"results":[{"type":"arrests","count":null,"countries":[]}],"mentioned":[]}
        """;

    [Fact]
    public void Reading_is_held_against_its_label_field_by_field()
    {
        var score = Score();

        score.Of("partners").ShouldBe(1);
        score.Of("participants.name").ShouldBe(1);
        score.Of("participants.role").ShouldBe(0.5);
        score.Of("domains").ShouldBe(2.0 / 3, 0.001);
        score.Of("results").ShouldBe(0);
        score.Errors.ShouldContain(new ReadingError("a.txt", "domains", "terrorism", null));
    }

    [Fact]
    public void Person_with_the_wrong_post_speaks_against_the_evidence()
    {
        Score().Precision().ShouldContain("participants.name | posts | 0 | 1");
    }

    [Fact]
    public void Label_that_is_no_reading_is_refused()
    {
        Should.Throw<JsonException>(() => new ReadingScore().Add("a", "{}", CommuniqueReader.Default.Read(Text)));
    }

    [Fact]
    public void Confidence_is_what_labelled_texts_showed()
    {
        var reading = CommuniqueReader.Default.Read(Text);

        // Said once, a domain proves right less often than states do.
        reading.Domains[0].Confidence.ShouldBeInRange(0.6, 0.95);
        reading.Partners[0].Confidence.ShouldBeGreaterThan(reading.Domains[0].Confidence);
    }

    private static ReadingScore Score()
    {
        var score = new ReadingScore();
        score.Add("a.txt", Label, CommuniqueReader.Default.Read(Text));
        return score;
    }
}
