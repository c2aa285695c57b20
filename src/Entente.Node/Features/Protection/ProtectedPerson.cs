namespace Entente.Node.Features.Protection;

/// <summary>Somebody whose name must tell the authorities of one country nothing. Never leaves this node.</summary>
/// <param name="Origin">ISO country from whose authorities the person is protected.</param>
/// <param name="Names">Every spelling and script known, one each.</param>
public sealed record ProtectedPerson(
    string Id,
    string Origin,
    IReadOnlyList<string> Names,
    string Remark,
    DateTimeOffset PlacedAt,
    string PlacedBy
);
