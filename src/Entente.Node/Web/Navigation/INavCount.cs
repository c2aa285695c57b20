using Entente.Node.Features.Accounts;

namespace Entente.Node.Web.Navigation;

/// <summary>A number beside a place in the navigation: what there waits for this officer and cannot wait long.</summary>
internal interface INavCount
{
    /// <summary>Of the <see cref="NavItem"/>.</summary>
    string Href { get; }

    Task<int> CountAsync(Officer officer, CancellationToken cancellation);
}
