using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// A rule on a label that received content came with: whoever gave it may allow more, and nobody else. What the label
/// forbids is the rule's own.
/// </summary>
/// <param name="id">The rule's, and the label's prefix in capitals: `TLP:RED`.</param>
/// <param name="source">The publication that says what the labels mean.</param>
internal abstract class LabelRule(string id, string source) : IRule
{
    public string Id => id;

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var held = disclosure.Foreign.FirstOrDefault(content => !content.Permitted && Exceeds(disclosure, content));
        return held is null
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    new Phrase($"guard.{Id}.reason", held.GivenBy, $"{Id.ToUpperInvariant()}:{Label(held)}"),
                    new Phrase("guard.source.text", source),
                    new Phrase($"guard.{Id}.remedy", held.GivenBy),
                    Role.Officer
                )
            );
    }

    protected abstract string? Label(ForeignContent content);

    protected abstract bool Exceeds(Disclosure disclosure, ForeignContent content);

    /// <summary>Back to its giver it tells nothing new.</summary>
    protected static bool Elsewhere(Disclosure disclosure, ForeignContent content) =>
        disclosure.Leaves && content.GivenBy != disclosure.Partner;
}
