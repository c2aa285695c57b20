using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Web;

namespace Entente.Node.Features.Audit;

/// <summary>Codes of the ledger in the reader's words; a code without words is shown as it stands.</summary>
internal static class AuditWording
{
    // What stands behind the colon is a code of another list; each has its own words.
    private static readonly string[] Lists =
    [
        "guard.rule.",
        "audit.why.",
        "approvals.kind.",
        "audit.alarm.",
        "record.state.",
        "breach.risk.",
        "rights.outcome.",
        "rights.kind.",
        "corrections.kept.",
        "accounts.role.",
    ];

    /// <summary>`refused:ceiling,basis` reads `Refusé : plafond de classification, base légale`.</summary>
    public static string Why(this Labels labels, string code)
    {
        if (labels.Has($"audit.why.{code}"))
        {
            return labels[$"audit.why.{code}"];
        }

        var parts = code.Split(':', 2);
        return parts.Length == 2 && labels.Has($"audit.why.{parts[0]}")
            ? labels[
                "audit.why.detail",
                labels[$"audit.why.{parts[0]}"],
                Wording.Listed(parts[1].Split(',', ':').Select(detail => Detail(labels, detail)))
            ]
            : code;
    }

    /// <summary>The kind of thing that `message:0192…` names, or nothing.</summary>
    public static string? ObjectKind(this Labels labels, string @object)
    {
        var key = $"audit.object.{@object.Split(':', 2)[0]}";
        return labels.Has(key) ? labels[key] : null;
    }

    public static string Actor(this Labels labels, string actor) =>
        actor == Officer.NodeActor ? labels["audit.actor.node"] : actor;

    public static string AlarmTitle(this Labels labels, string kind) =>
        labels.Has($"audit.alarm.{kind}") ? labels[$"audit.alarm.{kind}"] : kind;

    /// <summary>What an alarm was raised on, one sentence each; what has no words is shown as it stands.</summary>
    public static IReadOnlyList<string> Findings(this Labels labels, string detail) =>
        [.. detail.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => Finding(labels, part))];

    private static string Finding(Labels labels, string part)
    {
        if (Guid.TryParse(part, out _))
        {
            return labels["audit.finding.message", Wording.Isolated(part)];
        }

        var at = part.IndexOfAny([':', '=']);
        var (name, value) = at < 0 ? (part, "") : (part[..at], part[(at + 1)..]);
        var shown = long.TryParse(value, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("N0", CultureInfo.CurrentCulture)
            : Wording.Isolated(value);
        return labels.Has($"audit.finding.{name}") ? labels[$"audit.finding.{name}", shown] : Detail(labels, part);
    }

    private static string Detail(Labels labels, string code) =>
        Lists.Select(list => list + code).FirstOrDefault(labels.Has) is { } key ? labels[key] : code;
}
