using System.Diagnostics.CodeAnalysis;

namespace Entente.Node.Features.Links;

/// <summary>What a step of the ceremony led to: the link as it stands now, or why nothing was done.</summary>
internal readonly record struct LinkOutcome
{
    private LinkOutcome(Link? link, LinkError? error)
    {
        Link = link;
        Error = error;
    }

    public Link? Link { get; }

    public LinkError? Error { get; }

    [MemberNotNullWhen(true, nameof(Link))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null;

    public static implicit operator LinkOutcome(Link link) => new(link, null);

    public static implicit operator LinkOutcome(LinkError error) => new(null, error);
}
