using FsCheck;
using FsCheck.Fluent;

namespace Entente.Reading.Tests;

/// <summary>What holds for every text whatsoever.</summary>
public sealed class EvidenceTests
{
    private static readonly string[] Pieces =
    [
        "Le ministre de l'Intérieur, M. Paul Exemplaire,",
        " a reçu lundi à Rabat ",
        "son homologue espagnol",
        "El director general de la Policía ",
        " signed a memorandum ",
        "vereinbarten in Berlin ",
        "وزير الداخلية سالم النموذجي ",
        "sisäministeri Maija Malli ",
        " 12 personnes arrêtées ",
        ".\n",
        "\n\n",
        ", ",
        " (",
        ")",
        "«",
        "»",
        "2024-05-06",
        " 3,2 tonnes ",
        "\u202E",
        "\uD800",
        "é",
        "\0",
        "|",
        "URL: https://x.invalid/2024/01/02/\n",
        "&#039;",
        "-\n",
        "M. ",
    ];

    [Fact]
    public void Reading_of_any_text_never_throws_and_every_value_points_into_it()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(texts, HoldsEvidence).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Reading_of_random_characters_never_throws()
    {
        Prop.ForAll<string?>(text => HoldsEvidence(text ?? "")).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Name_is_spelt_by_the_words_it_points_to()
    {
        const string text =
            "Le ministre de l'Intérieur, M. Paul Exemplaire, a reçu lundi à Lyon son homologue espagnol, M. Juan Modelo, au sujet du terrorisme.";

        var reading = CommuniqueReader.Default.Read(text);

        foreach (var person in reading.Participants)
            text.Substring(person.Spans[0].Start, person.Spans[0].Length).ShouldBe(person.Name);
        reading
            .Domains.ShouldHaveSingleItem()
            .Spans.ShouldAllBe(span => text.Substring(span.Start, span.Length) == "terrorisme");
    }

    internal static bool HoldsEvidence(string text)
    {
        var reading = CommuniqueReader.Default.Read(text);
        return Spans(reading)
            .All(spans =>
                spans.Count > 0 && spans.All(span => span.Start >= 0 && span.Length >= 0 && span.End <= text.Length)
            );
    }

    private static IEnumerable<IReadOnlyList<Span>> Spans(Reading reading) =>
        Values(reading)
            .Select(found => found.Spans)
            .Concat(reading.Participants.Select(person => person.Spans))
            .Concat(reading.Instruments.Select(instrument => instrument.Spans))
            .Concat(reading.Results.Select(result => result.Spans))
            .Concat(reading.Published is { } published ? [published.Spans] : [])
            .Concat(reading.Encounter.Date is { } date ? [date.Spans] : [])
            .Append([.. reading.SetAside.Select(aside => aside.Span), new Span(0, 0)]);

    private static IEnumerable<Found<string>> Values(Reading reading) =>
        reading
            .Partners.Concat(reading.Bodies)
            .Concat(reading.Domains)
            .Concat(reading.Commitments)
            .Concat(reading.Mentioned)
            .Concat(reading.Encounter.Formats)
            .Append(reading.Encounter.Kind);
}
