using System.Buffers;
using System.Text;
using Entente.Protocol;

namespace Entente.Node.Ledger;

/// <summary>The leaf's text: RFC 8785 canonical JSON of an event, the bytes that the tree is built over.</summary>
internal static class LedgerLeaf
{
    // What stands in JSON as it is. Ids, codes and logins are made of it; anything else takes the general way.
    private static readonly SearchValues<char> Plain = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\')),
    ]);

    public static string Text(LedgerEvent e, DateTimeOffset at)
    {
        if (!(IsPlain(e.Actor) && IsPlain(e.Object) && IsPlain(e.Why) && IsPlain(e.Hash) && IsPlain(e.Link)))
        {
            return Encoding.UTF8.GetString(General(e, at).ToLeaf());
        }

        var hash = e.Hash is null ? "" : $"\"hash\":\"{e.Hash}\",";
        var link = e.Link is null ? "" : $"\"link\":\"{e.Link}\",";
        return $$"""
            {"action":"{{LedgerLog.ActionName(e.Action)}}","actor":"{{e.Actor}}","at":"{{WireTime.Format(
                at
            )}}",{{hash}}{{link}}"object":"{{e.Object}}","why":"{{e.Why}}"}
            """;
    }

    public static Hash HashOf(string text) => MerkleTree.LeafHash(Encoding.UTF8.GetBytes(text));

    /// <summary>The same event in the protocol's words; the slow and certain way to its bytes.</summary>
    internal static Entente.Protocol.LedgerEvent General(LedgerEvent e, DateTimeOffset at) =>
        new(
            at,
            e.Actor,
            (Entente.Protocol.LedgerAction)e.Action,
            e.Object,
            e.Why,
            e.Hash is null ? null : Hash.Parse(e.Hash),
            e.Link
        );

    private static bool IsPlain(string? text) => !text.AsSpan().ContainsAnyExcept(Plain);
}
