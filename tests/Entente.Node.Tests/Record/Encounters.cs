using Entente.Node.Features.Record;

namespace Entente.Node.Tests.Record;

/// <summary>Encounters as an officer would accept them, for tests of the record.</summary>
internal static class Encounters
{
    public static readonly AcceptedPerson Laftit = new(
        "Abdelouafi Laftit",
        null,
        "interior-minister",
        "MA",
        "ministre de l'Intérieur"
    );

    public static readonly AcceptedPerson Faeser = new(
        "Nancy Faeser",
        null,
        "interior-minister",
        "DE",
        "ministre de l'Intérieur"
    );

    public static AcceptedEncounter RabatWithGermany(string reading = "r1") =>
        new()
        {
            Kind = "meeting",
            Date = "2023-10-30",
            Place = "Rabat",
            Countries = ["DE", "MA"],
            Formats = ["plenary"],
            People = [Laftit, Faeser],
            Domains = ["terrorism"],
            Commitments = [new("information-exchange", "Les deux parties intensifieront l'échange d'informations.")],
            Instruments = [new("declaration-of-intent", "signed", "2023-10-30", "déclaration d'intention commune")],
            Source = new(reading, "Rabat reçoit Berlin", "fr", "2023-10-30"),
        };

    /// <summary>The same encounter as an Arabic text tells it.</summary>
    public static AcceptedEncounter RabatWithGermanyInArabic(string reading = "r2") =>
        RabatWithGermany(reading) with
        {
            Date = null,
            Formats = [],
            People = [Laftit with { Native = "عبد الوافي لفتيت" }, Faeser with { Name = "Nancy Feeser" }],
            Domains = ["civil-protection"],
            Instruments = [new("declaration-of-intent", "signed", null, "إعلان نوايا")],
            Source = new(reading, "لقاء في الرباط", "ar", "2023-10-31"),
        };
}
