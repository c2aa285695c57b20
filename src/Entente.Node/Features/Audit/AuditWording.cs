using Entente.Node.Web;

namespace Entente.Node.Features.Audit;

/// <summary>Codes of the ledger in the reader's words; a code without words is shown as it stands.</summary>
internal static class AuditWording
{
    /// <summary>`refused:ceiling` reads `Refusé : ceiling`.</summary>
    public static string Why(this Labels labels, string code)
    {
        if (labels.Has($"audit.why.{code}"))
        {
            return labels[$"audit.why.{code}"];
        }

        var parts = code.Split(':', 2);
        return parts.Length == 2 && labels.Has($"audit.why.{parts[0]}")
            ? labels["audit.why.detail", labels[$"audit.why.{parts[0]}"], parts[1]]
            : code;
    }

    public static string AlarmTitle(this Labels labels, string kind) =>
        labels.Has($"audit.alarm.{kind}") ? labels[$"audit.alarm.{kind}"] : kind;

    /// <summary>What to do about it, in one sentence.</summary>
    public static string? AlarmAdvice(this Labels labels, string kind) =>
        labels.Has($"audit.alarm.{kind}.do") ? labels[$"audit.alarm.{kind}.do"] : null;
}
