namespace Entente.Node.Commands.Demo;

/// <summary>An account of the demo with what was generated for it: the demo's owner must be able to sign in.</summary>
internal sealed record DemoAccount(string Node, string Login, string Name, string Password, string TotpSecret);
