namespace Entente.Node.Features.Accounts;

/// <summary>One signed-in browser, as its owner sees it in the list.</summary>
internal sealed record Session
{
    /// <summary>Names it in the list; opens nothing.</summary>
    public required string Id { get; init; }

    public required string Account { get; init; }

    public DateTimeOffset Created { get; init; }

    /// <summary>Last request, to the minute.</summary>
    public DateTimeOffset Seen { get; init; }

    public required string Address { get; init; }

    public required string Agent { get; init; }

    /// <summary>`totp`, `recovery` or `passkey`.</summary>
    public required string Method { get; init; }
}
