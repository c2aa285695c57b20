using System.Globalization;
using Entente.Node.Web;
using Entente.Node.Web.Components;

namespace Entente.Node.Features.Links;

/// <summary>A link's state in words and colours.</summary>
internal static class LinkWords
{
    public static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(30);
    private const int NoticeableMs = 2000;

    public static string Name(Link link) =>
        link.Names.GetValueOrDefault(Labels.Language) ?? link.Names.Values.FirstOrDefault() ?? link.Partner;

    /// <summary>A node one may have no link with: its state, with the id that tells its authorities apart.</summary>
    public static string Node(Labels labels, string node) =>
        $"{labels.Country(node.Split('.')[0].ToUpperInvariant())} ({Wording.Isolated(node)})";

    public static Tone Tone(LinkState state) =>
        state switch
        {
            LinkState.Active => Web.Components.Tone.Good,
            LinkState.Pending => Web.Components.Tone.Care,
            _ => Web.Components.Tone.Bad,
        };

    public static string Label(LinkState state) => $"links.state.{state.ToString().ToLowerInvariant()}";

    /// <summary>Why the last attempt failed; what has no words yet is told by its code.</summary>
    public static string? Failure(Labels labels, string? code) =>
        labels.Has($"links.failure.{code}") ? labels[$"links.failure.{code}"] : code;

    /// <summary>Why the link was stopped: an officer's words, or the code of what the node itself stopped it for.</summary>
    public static string Reason(Labels labels, string reason) =>
        labels.Has($"links.reason.{reason}") ? labels[$"links.reason.{reason}"] : reason;

    /// <summary>How the partner's clock stands to ours; time limits are counted by receipts' times.</summary>
    public static string Skew(Labels labels, long? milliseconds)
    {
        var seconds = (Math.Abs(milliseconds ?? 0) / 1000).ToString(CultureInfo.InvariantCulture);
        return milliseconds switch
        {
            null => labels["links.clock.unknown"],
            > NoticeableMs => labels["links.clock.ahead", seconds],
            < -NoticeableMs => labels["links.clock.behind", seconds],
            _ => labels["links.clock.right"],
        };
    }
}
