using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Guard;

namespace Entente.Node.Features.Texts;

/// <summary>A text with all that is known of it here.</summary>
/// <param name="Turns">What both sides have sent; what the partner did not take is not among them.</param>
/// <param name="Draft">What is written here and not yet sent.</param>
/// <param name="Self">Our node's id.</param>
public sealed record TextView(TextRow Row, IReadOnlyList<Turn> Turns, IReadOnlyList<Act> Draft, string Self)
{
    /// <summary>How many messages of ours the text had when this was read, those that were not taken among them.</summary>
    public int OwnMessages { get; init; }

    /// <summary>As sent by both.</summary>
    public TextState Sent { get; } = TextState.Of(Row.Id, Turns);

    /// <summary>As it will be once our draft is sent.</summary>
    public TextState Seen { get; } =
        Draft.Count == 0
            ? TextState.Of(Row.Id, Turns)
            : TextState.Of(Row.Id, [.. Turns, Next(Row.Id, Turns, Draft, Self)]);

    public Signature? OwnSignature => Sent.Signatures.LastOrDefault(s => s.By == Self && !s.Released);

    public Signature? TheirSignature => Sent.Signatures.LastOrDefault(s => s.By != Self && !s.Released);

    /// <summary>The text in force, exactly as it was signed; null while it is not, and where the turns do not add up to what was.</summary>
    public TextState? Signed =>
        Sent.InForce is { } force
        && TextState.At(Row.Id, Turns, force.Signatures[0]) is var signed
        && signed.Canonical?.Sha256 == force.Sha256
            ? signed
            : null;

    /// <summary>Why nothing may be changed here now; null when it may.</summary>
    public TextRefusal? Frozen =>
        Sent.InForce is not null ? TextRefusal.InForce
        : OwnSignature is not null ? TextRefusal.Signed
        : null;

    /// <summary>The text taken out of the house.</summary>
    public Departing Leaving(DisclosureAct act) =>
        new(act, $"text:{Row.Id}", "text")
        {
            Kind = Protocol.Kinds.Proposal,
            Partner = Row.Partner,
            Rank = Row.Rank,
        };

    public bool IsDrafted(ClauseVersion version) => Draft.OfType<ProposeClause>().Any(act => act.Version == version.Id);

    public static Turn Next(string text, IReadOnlyList<Turn> turns, IReadOnlyList<Act> acts, string self) =>
        new()
        {
            Text = text,
            By = self,
            Number = turns.Where(t => t.By == self).Select(t => t.Number).DefaultIfEmpty().Max() + 1,
            Seen = turns.Where(t => t.By != self).Select(t => t.Number).DefaultIfEmpty().Max(),
            Acts = acts,
        };
}
