namespace Entente.Node.Ledger;

/// <summary>One thing that happened. No content, no person's name: only ids, hashes and codes.</summary>
/// <param name="Actor">Account login, or `node` for what the node does by itself, or the partner's node id.</param>
/// <param name="Object">What it was done to, as `kind:id` (`message:0192…`, `link:es.interior`).</param>
/// <param name="Why">The reason as a code (`request`, `refused:ceiling`), never free text about a person.</param>
/// <param name="Hash">SHA-256 of the ciphertext or line concerned, base64url.</param>
/// <param name="Link">The partner's node id.</param>
internal sealed record LedgerEvent(
    string Actor,
    LedgerAction Action,
    string Object,
    string Why,
    string? Hash = null,
    string? Link = null
)
{
    // Anything else would make a leaf that no partner can read as the protocol's event.
    public string? Hash { get; } =
        Hash is null || Entente.Protocol.Hash.TryParse(Hash, out _)
            ? Hash
            : throw new ArgumentException("A leaf's hash is a SHA-256 in base64url.", nameof(Hash));
}
