using Entente.Node.Hosting;

namespace Entente.Node.Commands.Demo;

/// <summary>One of the demo's four authorities. The authorities are real; their accounts are roles.</summary>
internal sealed record DemoNode(string Id, int PagesPort, int LinkPort, IReadOnlyDictionary<string, string> Names)
{
    public string Pages => $"http://localhost:{PagesPort}";

    public string Link => $"https://localhost:{LinkPort}";

    public NodeHome Home(string folder) => new(Path.Combine(folder, Id));

    public NodeOptions Options =>
        new()
        {
            Node = Id,
            Country = Id[..2].ToUpperInvariant(),
            Names = Names,
            Pages = Pages,
            Link = Link,
        };

    /// <summary>Morocco first: the others are linked with it.</summary>
    /// <param name="port">Gives the next port; the fixed ones of the long-running demo, or free ones.</param>
    public static IReadOnlyList<DemoNode> All(Func<int> port) =>
        [
            new(
                "ma.interieur",
                port(),
                port(),
                Named(
                    "Ministère de l’Intérieur",
                    "وزارة الداخلية",
                    "Ministerio del Interior de Marruecos",
                    "Innenministerium Marokkos",
                    "Marokon sisäministeriö",
                    "Ministry of the Interior of Morocco"
                )
            ),
            new(
                "es.interior",
                port(),
                port(),
                Named(
                    "Ministère espagnol de l’Intérieur",
                    "وزارة الداخلية الإسبانية",
                    "Ministerio del Interior",
                    "Innenministerium Spaniens",
                    "Espanjan sisäministeriö",
                    "Ministry of the Interior of Spain"
                )
            ),
            new(
                "de.bmi",
                port(),
                port(),
                Named(
                    "Ministère fédéral allemand de l’Intérieur",
                    "الوزارة الاتحادية للداخلية الألمانية",
                    "Ministerio Federal del Interior de Alemania",
                    "Bundesministerium des Innern",
                    "Saksan liittovaltion sisäministeriö",
                    "Federal Ministry of the Interior of Germany"
                )
            ),
            new(
                "fi.sm",
                port(),
                port(),
                Named(
                    "Ministère finlandais de l’Intérieur",
                    "وزارة الداخلية الفنلندية",
                    "Ministerio del Interior de Finlandia",
                    "Innenministerium Finnlands",
                    "Sisäministeriö",
                    "Ministry of the Interior of Finland"
                )
            ),
        ];

    private static Dictionary<string, string> Named(string fr, string ar, string es, string de, string fi, string en) =>
        new()
        {
            ["fr"] = fr,
            ["ar"] = ar,
            ["es"] = es,
            ["de"] = de,
            ["fi"] = fi,
            ["en"] = en,
        };
}
