using Entente.Node.Features.Accounts;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>
/// Who may see what, as plainly as it can be written down, from what happened and nothing else: it shares no line with the
/// guard, asks no node, and knows only the history.
/// </summary>
internal sealed class Oracle
{
    private readonly Dictionary<string, Item> _byToken = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Item> Items => _byToken.Values;

    public void Add(Item item) => _byToken.Add(item.Token, item);

    public Item Of(string token) => _byToken[token];

    /// <summary>Why this reader may not be shown it on this node; null where they may.</summary>
    public string? Forbids(string node, Officer reader, Item item)
    {
        if (item.Kind == "note")
        {
            return item.From != node ? "another node's note"
                : !WorksOnCases(reader) ? "role"
                : !Takes(node, reader, item.Case) ? "unit"
                : item
                    .Beside.Select(other => Forbids(node, reader, other, erased: false))
                    .FirstOrDefault(why => why is not null);
        }

        return item.Kind switch
        {
            "text" => item.From != node && (item.To != node || item.Draft) ? "not this node's"
            : !WorksOnCases(reader) && !reader.Is(Role.Desk) ? "role"
            : item.Rank > reader.Clearance ? "clearance"
            : null,
            "rights" => item.From != node ? "another node's register"
            : !reader.Is(Role.Protection) && !reader.Is(Role.Supervisor) ? "role"
            : null,
            _ => Forbids(node, reader, item, erased: true),
        };
    }

    /// <summary>The same where what is held on a person is looked for: data-protection officers answer for it.</summary>
    public string? ForbidsHeld(string node, Officer reader, Item item)
    {
        if (item.Kind is "text" or "rights" or "note")
        {
            return Forbids(node, reader, item);
        }

        var answers = reader.Is(Role.Protection);
        return item.Shielded && node != "ma.interieur" ? "protected"
            : answers && item.AsideAt.Contains(node) ? null
            : Forbids(node, answers ? reader with { Roles = new HashSet<Role> { Role.Officer } } : reader, item);
    }

    /// <summary>The same for taking it out as evidence.</summary>
    public string? ForbidsProof(string node, Officer reader, Item item) =>
        Forbids(node, reader, item)
        ?? (
            item.From == node ? null
            : item.Codes.Contains("H1") && !item.Leave.Contains("court") ? "H1"
            : item.Codes.Contains("H2") && !item.Leave.Contains("dissemination") && !item.Leave.Contains("court") ? "H2"
            : item.Tlp is not (null or "CLEAR") && !item.Leave.Contains("court") ? "TLP"
            : null
        );

    /// <summary>The same for taking it out as a file or on paper.</summary>
    public string? ForbidsTaking(string node, Officer reader, Item item) =>
        Forbids(node, reader, item)
        ?? (
            item.From == node ? null
            : item.Codes.Contains("H2") && !item.Leave.Contains("dissemination") && !item.Leave.Contains("court") ? "H2"
            : item.Tlp is "RED" or "AMBER" or "AMBER+STRICT" && !item.Leave.Contains("court") ? "TLP"
            : null
        );

    private string? Forbids(string node, Officer reader, Item item, bool erased) =>
        item.From != node && item.To != node ? "not this node's"
        : item.To == node && item.Held ? "held"
        : erased && item.ErasedAt.Contains(node) ? "erased"
        : !WorksOnCases(reader) ? "role"
        : item.Rank > reader.Clearance ? "clearance"
        : !Takes(node, reader, item.Case) ? "unit"
        : item.AsideAt.Contains(node) ? "set aside"
        : item.To == node && item.Tlp == "RED" && reader.Unit != item.ToUnit ? "RED"
        : null;

    private static bool WorksOnCases(Officer reader) => reader.Is(Role.Officer) || reader.Is(Role.Supervisor);

    /// <summary>A unit that wrote or was asked in the case; supervisors all.</summary>
    private bool Takes(string node, Officer reader, string caseId) =>
        reader.Is(Role.Supervisor)
        || Items.Any(item =>
            item.Case == caseId
            && item.Kind is "request" or "information"
            && ((item.From == node && item.FromUnit == reader.Unit) || (item.To == node && item.ToUnit == reader.Unit))
        );
}
