using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>
/// A node's name: lower-case ISO 3166-1 alpha-2 country, a full stop, a slug of letters, digits and inner hyphens, at
/// most 63 characters: <c>ma.interieur</c>. Compared by bytes.
/// </summary>
[JsonConverter(typeof(NodeIdConverter))]
public readonly record struct NodeId
{
    private const int MaxSlug = 63;
    private readonly string? _value;

    private NodeId(string value) => _value = value;

    /// <summary>Two lower-case letters.</summary>
    public string Country => ToString() is { Length: > 2 } value ? value[..2] : "";

    public static bool TryParse([NotNullWhen(true)] string? text, out NodeId id)
    {
        id = default;
        if (text is null || !IsNode(text))
            return false;
        id = new NodeId(text);
        return true;
    }

    public static NodeId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException("A node is named country.slug, as in ma.interieur.");

    public override string ToString() => _value ?? "";

    private static bool IsNode(ReadOnlySpan<char> text) =>
        text.Length > 3
        && char.IsAsciiLetterLower(text[0])
        && char.IsAsciiLetterLower(text[1])
        && text[2] == '.'
        && IsSlug(text[3..]);

    internal static bool IsSlug(ReadOnlySpan<char> slug)
    {
        if (slug.Length is 0 or > MaxSlug || slug[0] == '-' || slug[^1] == '-')
            return false;
        foreach (var c in slug)
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
                return false;
        return true;
    }
}
