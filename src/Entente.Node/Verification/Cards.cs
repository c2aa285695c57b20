using System.Data.Common;
using Entente.Protocol;

namespace Entente.Node.Verification;

/// <summary>The cards on file, ours and the partners', past ones included: whose signature is whose.</summary>
internal sealed class Cards : IDisposable
{
    private readonly Dictionary<string, List<VerificationKey>> _keys = [];

    private Cards(string self) => Self = self;

    public string Self { get; }

    public static async Task<Cards> LoadAsync(
        DbConnection connection,
        string self,
        Report report,
        CancellationToken cancellation
    )
    {
        const string own = "SELECT sha256, jws, issued FROM own_card";
        const string partners = "SELECT partner, sha256, jws FROM link_card";
        var cards = new Cards(self);
        foreach (var row in await connection.ListAsync<CardRow>(own, null, cancellation))
        {
            cards.Add(self, row, $"own_card {row.Sha256}", report);
        }

        foreach (var row in await connection.ListAsync<CardRow>(partners, null, cancellation))
        {
            cards.Add(row.Partner, row, $"link_card {row.Partner} {row.Sha256}", report);
        }

        return cards;
    }

    public bool Has(string node) => _keys.ContainsKey(node);

    /// <summary>Opens what the node signed with whichever of its keys did.</summary>
    public Opened<T> Open<T>(string node, Func<VerificationKey, Opened<T>> open)
        where T : notnull
    {
        Opened<T> last = new Refusal(Reason.BadSignature, "There is no card of this node.");
        foreach (var key in _keys.GetValueOrDefault(node) ?? [])
        {
            last = open(key);
            if (last.Ok)
            {
                break;
            }
        }

        return last;
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values.SelectMany(k => k))
        {
            key.Dispose();
        }
    }

    private void Add(string node, CardRow row, string place, Report report)
    {
        var card = LinkCard.Open(row.Jws);
        if (
            !report.Expect(card.Ok, "cards", place, $"The card does not verify: {card.Refusal?.Detail}")
            || !report.Expect(card.Value!.Sha256.ToString() == row.Sha256, "cards named", place, "The card is another.")
            || !report.Expect(card.Value.Node.ToString() == node, "cards of their node", place, "It is another node's.")
        )
        {
            return;
        }

        if (row.Issued is { } issued && issued != card.Value.Issued)
        {
            report.Add(place, "The row does not say when the card was issued.");
        }

        if (VerificationKey.From(card.Value.SigningJwk) is { Ok: true, Value: var key })
        {
            if (!_keys.TryGetValue(node, out var keys))
            {
                _keys[node] = keys = [];
            }

            keys.Add(key);
        }
    }

    private sealed class CardRow
    {
        public string Partner { get; init; } = "";
        public string Sha256 { get; init; } = "";
        public string Jws { get; init; } = "";

        /// <summary>Of our own cards only.</summary>
        public DateTimeOffset? Issued { get; init; }
    }
}
