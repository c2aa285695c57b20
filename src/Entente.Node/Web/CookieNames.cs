using Entente.Node.Hosting;

namespace Entente.Node.Web;

/// <summary>Browsers do not separate cookies by port: two nodes on one host need names of their own.</summary>
internal sealed class CookieNames(NodeOptions options)
{
    public string Language { get; } = $"entente.{options.Node}.language";

    public string Theme { get; } = $"entente.{options.Node}.theme";

    public string Form { get; } = $"entente.{options.Node}.form";
}
