namespace Entente.Node.Features.Accounts;

public sealed record Colleague
{
    public required string Login { get; init; }

    public required string Name { get; init; }
}
