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

    public static string Text(LedgerEvent e, DateTimeOffset at) => Text(e, at, WireTime.Format(at));

    private static string Text(LedgerEvent e, DateTimeOffset at, string time)
    {
        if (!(IsPlain(e.Actor) && IsPlain(e.Object) && IsPlain(e.Why) && IsPlain(e.Hash) && IsPlain(e.Link)))
        {
            return Encoding.UTF8.GetString(General(e, at).ToLeaf());
        }

        var (hash, hashEnd) = e.Hash is null ? ("", "") : ("\"hash\":\"", "\",");
        var (link, linkEnd) = e.Link is null ? ("", "") : ("\"link\":\"", "\",");
        return $$"""
            {"action":"{{LedgerLog.ActionName(
                e.Action
            )}}","actor":"{{e.Actor}}","at":"{{time}}",{{hash}}{{e.Hash}}{{hashEnd}}{{link}}{{e.Link}}{{linkEnd}}"object":"{{e.Object}}","why":"{{e.Why}}"}
            """;
    }

    public static Hash HashOf(string text)
    {
        const int OnStack = 768;
        if (Encoding.UTF8.GetMaxByteCount(text.Length) > OnStack)
        {
            return MerkleTree.LeafHash(Encoding.UTF8.GetBytes(text));
        }

        Span<byte> bytes = stackalloc byte[OnStack];
        return MerkleTree.LeafHash(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

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

    /// <summary>Leaves of one moment, whose time is written out once.</summary>
    public readonly struct Writer(DateTimeOffset at)
    {
        private readonly string _time = WireTime.Format(at);

        public string Text(LedgerEvent e) => LedgerLeaf.Text(e, at, _time);
    }
}
