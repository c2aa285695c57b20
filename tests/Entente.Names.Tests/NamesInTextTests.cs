using System.Globalization;
using System.Text;

namespace Entente.Names.Tests;

public sealed class NamesInTextTests
{
    /// <summary>Given names, invented family names and a sentence to stand in, by language and script.</summary>
    private static readonly Dictionary<string, (string[] Given, string[] Family, string Sentence)> Languages = new()
    {
        ["fr"] = (
            ["Chloé", "Jean", "Ahmed", "Françoise"],
            ["Exemplaire", "Inventé", "de la Maquette", "Ben Factice"],
            "on a vu hier soir {0} au port, avec deux autres personnes"
        ),
        ["ar"] = (
            ["محمد", "فاطمة", "يوسف", "خديجة"],
            ["المثالي", "بن مخترع", "النموذجي", "الوهمي"],
            "شوهد مساء أمس {0} في الميناء مع شخصين آخرين"
        ),
        ["es"] = (
            ["María", "José", "Álvaro", "Lucía"],
            ["Ejemplo Muñoz", "Inventado", "de los Supuestos", "Figurado"],
            "anoche se vio a {0} en el puerto con otras dos personas"
        ),
        ["de"] = (
            ["Jürgen", "Käthe", "Hans", "Björn"],
            ["Mustermann", "Beispielhuber", "von Erfunden", "Größenwahn"],
            "gestern abend wurde {0} mit zwei anderen am hafen gesehen"
        ),
        ["fi"] = (
            ["Päivi", "Mikko", "Äijö", "Heidi"],
            ["Esimerkkilä", "Keksitty", "Mallinen", "Tekaistu"],
            "eilen illalla {0} nähtiin satamassa kahden muun kanssa"
        ),
        ["en"] = (
            ["John", "Mary", "William", "Sarah"],
            ["Examplesmith", "Inventor-Jones", "Pretendham", "O'Sample"],
            "last night {0} was seen in the port with two other people"
        ),
        ["ru"] = (
            ["Дмитрий", "Анна", "Сергей", "Ольга"],
            ["Придуманов", "Образцова", "Вымышленный", "Примеров"],
            "вчера вечером {0} видели в порту с двумя другими"
        ),
    };

    public static TheoryData<string> Spoken => [.. Languages.Keys];

    [Theory, MemberData(nameof(Spoken))]
    public void Name_is_found_however_its_letters_are_written(string language)
    {
        var (given, family, sentence) = Languages[language];
        foreach (var name in given.SelectMany(one => family.Select(other => $"{one} {other}")))
        {
            var sightings = new NamesInText([name]);
            foreach (var written in Written(name))
            {
                var text = string.Format(CultureInfo.InvariantCulture, sentence, written);
                sightings.Likeliest(text).ShouldBeGreaterThanOrEqualTo(NamesInText.Named, $"{name} as {written}");
            }
        }
    }

    [Theory, MemberData(nameof(Spoken))]
    public void Somebody_else_is_not_found(string language)
    {
        var (given, family, sentence) = Languages[language];
        for (var i = 0; i < given.Length; i++)
        {
            var sightings = new NamesInText([$"{given[i]} {family[i]}"]);
            for (var j = 0; j < given.Length; j++)
            {
                if (i != j)
                {
                    var other = string.Format(CultureInfo.InvariantCulture, sentence, $"{given[i]} {family[j]}");
                    sightings.Likeliest(other.ToLowerInvariant()).ShouldBeLessThan(NamesInText.Named, other);
                }
            }
        }
    }

    [Theory]
    [InlineData("Ahmed Ben Ali", "ahmad ben ali")]
    [InlineData("Ahmed Ben Ali", "Ахмед Бен Али")]
    [InlineData("Abdelaziz Inventado", "abd el aziz inventado")]
    [InlineData("Fatima Zahra El Idrissi", "فاطمة الزهراء الإدريسي")]
    [InlineData("Fatima Zahra El Idrissi", "fatima el idrissi")]
    [InlineData("Jürgen Mustermann", "juergen mustermann")]
    public void Other_spelling_is_found(string name, string written) =>
        new NamesInText([name]).Likeliest($"on a vu {written} au port").ShouldBeGreaterThanOrEqualTo(NamesInText.Named);

    [Fact]
    public void Our_own_samples_name_hardly_any_stranger()
    {
        var given = Known();
        var names = Enumerable.Range(0, 300).Select(i => string.Join(' ', Pick(i, 2 + (i % 2)))).ToList();
        var texts = Directory
            .EnumerateFiles(Path.Combine(Root(), "samples"), "*.txt")
            .Select(File.ReadAllText)
            .ToList();

        var wrong = names.Sum(name =>
        {
            var sightings = new NamesInText([name]);
            return texts.Count(text => sightings.Likeliest(text) >= NamesInText.Named);
        });

        TestContext.Current.SendDiagnosticMessage($"{wrong} of {names.Count * texts.Count}");
        wrong.ShouldBeLessThanOrEqualTo(names.Count * texts.Count / 1000);

        // Spread over the list, and the same each time.
        IEnumerable<string> Pick(int name, int words) =>
            Enumerable.Range(1, words).Select(word => given[(name * 389 + word * word * 577) % given.Count]);
    }

    [Fact]
    public void No_name_and_no_text_is_no_sighting()
    {
        new NamesInText([]).Likeliest("Ahmed Ben Ali").ShouldBe(0);
        new NamesInText(["Ahmed Ben Ali"]).Likeliest("").ShouldBe(0);
        new NamesInText(["…"]).Likeliest("…").ShouldBe(0);
    }

    private static IEnumerable<string> Written(string name) =>
        [
            name,
            name.ToLowerInvariant(),
            name.ToUpperInvariant(),
            Bare(name).ToLowerInvariant(),
            string.Join(' ', name.Split(' ').Skip(1).Append(name.Split(' ')[0])).ToLowerInvariant(),
        ];

    /// <summary>As a keyboard without accents writes it; Arabic and Cyrillic signs stay.</summary>
    private static string Bare(string name) =>
        name[0] > '\u036F'
            ? name
            : string.Concat(
                name.Normalize(NormalizationForm.FormD)
                    .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            );

    private static List<string> Known() =>
        [
            .. File.ReadLines(Path.Combine(Root(), "src/Entente.Reading/Knowledge/common/given-names.list"))
                .Where(line => line.Length > 0 && line[0] != '#')
                .SelectMany(line => line.Split(' ')),
        ];

    private static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Entente.slnx")))
        {
            at = Path.GetDirectoryName(at)!; // The tests run inside the repository.
        }

        return at;
    }
}
