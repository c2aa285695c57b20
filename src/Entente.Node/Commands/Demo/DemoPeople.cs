using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Commands.Demo;

/// <summary>Opens the demo's accounts. They are roles, never persons, and each gets a password of its own.</summary>
internal static class DemoPeople
{
    private static readonly IReadOnlyList<Seat> Everybody =
    [
        new(
            "liaison",
            "liaison",
            [Role.Officer],
            2,
            Named(
                "Officier de liaison",
                "ضابط الاتصال",
                "Oficial de enlace",
                "Verbindungsbeamtin",
                "Yhdyshenkilö",
                "Liaison officer"
            )
        ),
        new(
            "security1",
            "security",
            [Role.Security],
            1,
            Named("Sécurité 1", "الأمن 1", "Seguridad 1", "Sicherheit 1", "Turvallisuus 1", "Security 1")
        ),
        new(
            "security2",
            "security",
            [Role.Security],
            1,
            Named("Sécurité 2", "الأمن 2", "Seguridad 2", "Sicherheit 2", "Turvallisuus 2", "Security 2")
        ),
        new(
            "desk",
            "cooperation",
            [Role.Desk],
            1,
            Named(
                "Bureau de la coopération",
                "مكتب التعاون",
                "Oficina de cooperación",
                "Referat Zusammenarbeit",
                "Yhteistyöyksikkö",
                "Cooperation desk"
            )
        ),
        new(
            "supervisor",
            "liaison",
            [Role.Supervisor, Role.Officer],
            3,
            Named(
                "Chef de service",
                "رئيس المصلحة",
                "Jefe de servicio",
                "Dienststellenleitung",
                "Esimies",
                "Supervisor"
            )
        ),
        new(
            "protection",
            "protection",
            [Role.Protection],
            3,
            Named(
                "Protection des données",
                "حماية المعطيات",
                "Protección de datos",
                "Datenschutz",
                "Tietosuoja",
                "Data protection"
            )
        ),
        new(
            "protection2",
            "protection",
            [Role.Protection],
            3,
            Named(
                "Protection des données, adjoint",
                "حماية المعطيات، النائب",
                "Protección de datos, adjunto",
                "Datenschutz, Stellvertretung",
                "Tietosuoja, varahenkilö",
                "Data protection, deputy"
            )
        ),
        new(
            "auditor",
            "protection",
            [Role.Auditor],
            0,
            Named("Audit", "التدقيق", "Auditoría", "Revision", "Tarkastus", "Audit")
        ),
    ];

    private static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Units = new Dictionary<
        string,
        IReadOnlyDictionary<string, string>
    >
    {
        ["liaison"] = Named(
            "Bureau de liaison",
            "مكتب الاتصال",
            "Oficina de enlace",
            "Verbindungsbüro",
            "Yhteystoimisto",
            "Liaison office"
        ),
        ["cooperation"] = Named(
            "Coopération internationale",
            "التعاون الدولي",
            "Cooperación internacional",
            "Internationale Zusammenarbeit",
            "Kansainvälinen yhteistyö",
            "International cooperation"
        ),
        ["security"] = Named(
            "Sécurité des systèmes",
            "أمن الأنظمة",
            "Seguridad de los sistemas",
            "Informationssicherheit",
            "Tietoturva",
            "Systems security"
        ),
        ["protection"] = Named(
            "Protection des données et audit",
            "حماية المعطيات والتدقيق",
            "Protección de datos y auditoría",
            "Datenschutz und Revision",
            "Tietosuoja ja tarkastus",
            "Data protection and audit"
        ),
    };

    /// <summary>Units and accounts of one node, in one transaction.</summary>
    public static async Task<IReadOnlyList<DemoAccount>> OpenAsync(
        IServiceProvider services,
        DemoNode node,
        string language,
        CancellationToken cancellation
    )
    {
        var units = services.GetRequiredService<UnitBook>();
        var desk = services.GetRequiredService<AccountDesk>();
        var opened = new List<DemoAccount>();
        await services
            .GetRequiredService<Database>()
            .WriteAsync(
                async t =>
                {
                    foreach (var (slug, names) in Units)
                    {
                        await units.SaveAsync(
                            t,
                            new Unit { Slug = slug, Names = names },
                            Officer.NodeActor,
                            cancellation
                        );
                    }

                    foreach (var seat in Everybody)
                    {
                        var account = await desk.CreateAsync(t, seat.Account(language), cancellation);
                        opened.Add(
                            new DemoAccount(
                                node.Id,
                                seat.Login,
                                seat.Names[language],
                                account.Password,
                                account.TotpSecret!
                            ) // Enrolled by Account().
                        );
                    }
                },
                cancellation
            );
        return opened;
    }

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

    private sealed record Seat(
        string Login,
        string Unit,
        IReadOnlyList<Role> Roles,
        int Clearance,
        IReadOnlyDictionary<string, string> Names
    )
    {
        /// <summary>Ready to sign in with: the demo shows the password and the codes, so nothing is left to enrol.</summary>
        public NewAccount Account(string language) =>
            new()
            {
                By = Officer.NodeActor,
                Login = Login,
                Name = Names[language],
                Unit = Unit,
                Roles = Roles,
                Clearance = Clearance,
                Language = language,
                MustChangePassword = false,
                EnrolTotp = true,
            };
    }
}
