using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>A unit at a node: <c>liaison@es.interior</c>. The unit follows the rule of a node's slug.</summary>
[JsonConverter(typeof(AddressConverter))]
public readonly record struct Address
{
    private readonly string? _unit;

    public Address(string unit, NodeId node)
    {
        if (!NodeId.IsSlug(unit))
            throw new FormatException("A unit is named with lower-case letters, digits and inner hyphens.");
        (_unit, Node) = (unit, node);
    }

    public string Unit => _unit ?? "";

    public NodeId Node { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        address = default;
        if (text is null || text.IndexOf('@', StringComparison.Ordinal) is var at && at < 1)
            return false;
        if (!NodeId.IsSlug(text.AsSpan(0, at)) || !NodeId.TryParse(text[(at + 1)..], out var node))
            return false;
        address = new Address(text[..at], node);
        return true;
    }

    public static Address Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("An address is unit@node.");

    public override string ToString() => $"{Unit}@{Node}";
}
