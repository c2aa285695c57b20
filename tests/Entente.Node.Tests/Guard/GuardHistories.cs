using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Guard;
using Entente.Node.Guard.Explained;
using Entente.Node.Hosting;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Guard;

/// <summary>
/// Random histories of one node: officers come and change unit, role and clearance; messages come under every code; grants
/// are given and withdrawn; items are set aside, released, erased; the guard is started anew; and everybody tries every use.
/// An oracle that shares no code with the rules says what the rules then in force forbade. ENTENTE_GUARD_HISTORIES asks
/// for more than the short run has.
/// </summary>
public sealed class GuardHistories
{
    private const string Self = "ma.interieur";
    private static readonly string[] Nodes = ["es.interior", "de.bmi", "fi.sm"];
    private static readonly string[] Units = ["liaison", "customs", "border"];
    private static readonly string?[] Labels = [null, "RED", "AMBER", "AMBER+STRICT", "GREEN", "CLEAR"];
    private static readonly string[] Codes = ["", "H1", "H2", "H1,H2", "H0", "H3"];

    private static int Histories =>
        int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_GUARD_HISTORIES"), out var wanted) ? wanted : 2000;

    [Fact]
    public async Task No_use_is_allowed_that_the_rules_then_in_force_forbade()
    {
        var (allowed, refused) = (0L, 0L);
        for (var seed = 1; seed <= Histories; seed++)
        {
            var world = new World(seed);
            for (var step = 0; step < 25; step++)
            {
                world.Happen();
                var (use, decision) = await world.TryAsync();
                if (decision.Allowed)
                {
                    world.Forbidden(use).ShouldBeNull($"seed {seed}, step {step}: {use}");
                    allowed++;
                }
                else
                {
                    // Nor does the guard stand in the way of what nothing forbids.
                    world.Forbidden(use).ShouldNotBeNull($"seed {seed}, step {step}: {decision.Why} {use}");
                    refused++;
                }
            }
        }

        allowed.ShouldBeGreaterThan(Histories);
        refused.ShouldBeGreaterThan(Histories);
    }

    private sealed record Item(UseFact Fact, bool Erased);

    private sealed record Use(DisclosureAct Act, Officer Officer, string? Item, string? Audience);

    /// <summary>What is so at one moment, as simply as it can be written down.</summary>
    private sealed class World(int seed)
    {
        private readonly Chance _chance = new((ulong)seed);
        private readonly List<Item> _items = [];
        private readonly List<PermissionGrant> _grants = [];
        private readonly List<Officer> _officers = [Person(0, "liaison", 1, Role.Officer)];
        private DisclosureGuard _guard = Disclosures.Guard();

        private static readonly UseFacts Facts = new(
            null!, // Reads nothing here: the facts are the world's own.
            new NodeOptions
            {
                Node = Self,
                Country = "MA",
                Names = new Dictionary<string, string>(),
                Pages = "http://localhost:0",
                Link = "https://localhost:0",
            }
        );

        public void Happen()
        {
            switch (_chance.Next(0, 10))
            {
                case 0:
                    _officers.Add(
                        Person(
                            _officers.Count,
                            Pick(Units),
                            _chance.Next(0, 4),
                            Pick(Role.Officer, Role.Officer, Role.Supervisor, Role.Auditor, Role.Protection)
                        )
                    );
                    break;
                case 1:
                    var one = _chance.Next(0, _officers.Count);
                    _officers[one] = _officers[one] with { Unit = Pick(Units), Clearance = _chance.Next(0, 4) };
                    break;
                case 2 when _items.Count > 0:
                    _grants.Add(
                        new PermissionGrant
                        {
                            MessageId = Pick(_items).Fact.Id,
                            Grantor = Pick(Nodes),
                            ToNode = Pick(Self, "es.interior", "fi.sm"),
                            ForUse = Pick("onward", "court", "dissemination"),
                        }
                    );
                    break;
                case 3 when _grants.Count > 0:
                    _grants.RemoveAt(_chance.Next(0, _grants.Count)); // Withdrawn.
                    break;
                case 4 when _items.Count > 0:
                    var at = _chance.Next(0, _items.Count);
                    var fact = _items[at].Fact;
                    _items[at] = _items[at] with
                    {
                        Fact = fact with { Quarantine = fact.Quarantine is null ? "rights" : null },
                    };
                    break;
                case 5 when _items.Count > 0:
                    var gone = _chance.Next(0, _items.Count);
                    _items[gone] = _items[gone] with { Erased = true };
                    break;
                case 6:
                    _guard = Disclosures.Guard(); // The node starts anew.
                    break;
                default:
                    _items.Add(new Item(Arrived(_items.Count), Erased: false));
                    break;
            }
        }

        public async Task<(Use Use, Decision Decision)> TryAsync()
        {
            var act = Pick(
                DisclosureAct.View,
                DisclosureAct.Search,
                DisclosureAct.Count,
                DisclosureAct.Brief,
                DisclosureAct.Export,
                DisclosureAct.Print,
                DisclosureAct.Prove,
                DisclosureAct.Forward
            );
            var audience =
                act == DisclosureAct.Forward ? Pick("es.interior", "fi.sm")
                : act == DisclosureAct.Brief ? Pick(null, "es.interior", "DE")
                : null;
            var item = _items.Count == 0 ? null : Pick(_items);
            var use = new Use(act, Pick(_officers), item is { Erased: false } ? item.Fact.Id : null, audience);
            return (use, await DecideAsync(use));
        }

        /// <summary>Why the rules forbid it; null where none does.</summary>
        public string? Forbidden(Use use)
        {
            var fact = Find(use.Item);
            if (fact is null)
            {
                return "nothing there";
            }

            var officer = use.Officer;
            var leaves = use.Act == DisclosureAct.Forward;
            var others = fact.Incoming;
            var giver = fact.Partner;
            var to = leaves ? use.Audience! : Self; // A forward has its destination.
            bool Granted(params string[] uses) =>
                _grants.Any(g => g.MessageId == fact.Id && g.Grantor == giver && uses.Contains(g.ForUse));
            var permitted = _grants.Any(g =>
                g.MessageId == fact.Id
                && g.Grantor == giver
                && g.ToNode == (use.Audience ?? Self)
                && g.ForUse is "onward" or "court"
                && g.MessageId == fact.Id
                && g.Grantor == giver
                && g.ToNode == (use.Audience ?? Self)
            );
            var h1 = fact.HandlingList.Contains("H1") && !Granted("court");
            var h2 = fact.HandlingList.Contains("H2") && !Granted("dissemination");
            var elsewhere = leaves && to != giver;
            var toPaper = use.Act is DisclosureAct.Export or DisclosureAct.Print or DisclosureAct.Prove;
            var supervisor = officer.Roles.Contains(Role.Supervisor);
            var forGiver =
                use.Audience is { } audience
                && (audience == giver || giver.StartsWith(audience + ".", StringComparison.OrdinalIgnoreCase));
            var works = officer.Roles.Any(role => role is Role.Officer or Role.Supervisor or Role.Protection);
            return fact.Rank > officer.Clearance ? "clearance"
                : !leaves && !works && use.Act != DisclosureAct.Count ? "role"
                : leaves && fact.Rank > 1 ? "ceiling"
                : !leaves && fact.Units.Count > 0 && !fact.Units.Contains(officer.Unit) && !supervisor ? "unit"
                : fact.Quarantine is not null
                && !(use.Act == DisclosureAct.View && officer.Roles.Contains(Role.Protection))
                    ? "quarantine"
                : !others || permitted ? null
                : elsewhere ? "third party"
                : use.Act == DisclosureAct.Prove && h1 ? "H1"
                : toPaper && h2 ? "H2"
                : use.Act == DisclosureAct.Brief && use.Audience is not null && h2 && !forGiver ? "H2"
                : fact.HandlingList.Contains("H3")
                && (elsewhere || ((toPaper || use.Act == DisclosureAct.Brief) && !supervisor))
                    ? "H3"
                : fact.Tlp is "AMBER" or "AMBER+STRICT" && toPaper ? "TLP"
                : fact.Tlp == "GREEN" && use.Act == DisclosureAct.Prove ? "TLP"
                : fact.Tlp == "RED"
                && (
                    toPaper
                    || use.Act == DisclosureAct.Brief
                    || (use.Act != DisclosureAct.Count && fact.ToUnit != officer.Unit)
                )
                    ? "TLP"
                : fact.Pap is "RED" or "AMBER" && use.Act == DisclosureAct.Prove ? "PAP"
                : null;
        }

        private async Task<Decision> DecideAsync(Use use)
        {
            var fact = Find(use.Item);
            if (fact is null)
            {
                // What is not there is not opened: the door hands nothing out.
                return new Decision(Verdict.Refuse, []);
            }

            var leaves = use.Act == DisclosureAct.Forward;
            var link = RuleExamples.Lawful.Link! with { Partner = use.Audience ?? fact.Partner }; // The example has its link.
            var grants = _grants.Where(grant => grant.MessageId == fact.Id);
            return await _guard.DecideAsync(
                RuleExamples.Lawful with
                {
                    Act = use.Act,
                    Officer = use.Officer,
                    Kind = leaves ? "information" : fact.Kind,
                    Partner = leaves ? use.Audience! : fact.Partner, // A forward has its destination.
                    Link = link,
                    Audience = leaves ? null : use.Audience,
                    Rank = fact.Rank,
                    Units = fact.Units,
                    Quarantined = fact.Quarantine is not null,
                    GivesInformation = leaves,
                    Nature = "facts",
                    Reliability = "A",
                    Accuracy = "1",
                    Handling = [],
                    Foreign = Facts.ForeignIn(fact, use.Audience, grants),
                },
                CancellationToken.None
            );
        }

        private UseFact? Find(string? id) => _items.FirstOrDefault(item => !item.Erased && item.Fact.Id == id)?.Fact;

        private UseFact Arrived(int number) =>
            new()
            {
                Id = $"m{number}",
                Partner = Pick(Nodes),
                Direction = _chance.Next(0, 4) == 0 ? "out" : "in",
                Kind = "answer",
                Rank = _chance.Next(0, 3),
                Handling = Pick(Codes),
                ToUnit = Pick(Units),
                Units = _chance.Next(0, 3) == 0 ? [] : [Pick(Units)],
                Tlp = Pick(Labels),
                Pap = Pick(Labels) is "AMBER+STRICT" ? null : Pick<string?>(null, null, "RED", "AMBER", "GREEN"),
            };

        private T Pick<T>(params IReadOnlyList<T> among) => among[_chance.Next(0, among.Count)];

        private static Officer Person(int number, string unit, int clearance, Role role) =>
            new($"u{number}", $"officer.{number}", "Officer", unit, new HashSet<Role> { role }, clearance);
    }
}
