namespace Entente.Node.Web.Components;

/// <summary>A step above the page in its breadcrumbs.</summary>
public sealed record Crumb(string Text, string Href);
