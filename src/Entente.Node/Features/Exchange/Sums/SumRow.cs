using Entente.Node.Guard;

namespace Entente.Node.Features.Exchange.Sums;

/// <summary>Requests that neither the rules nor a figure can tell apart, and how many they are.</summary>
internal sealed record SumRow : Counted
{
    public required string Direction { get; init; }

    /// <summary>Of the domain or the ground; empty where only requests are counted.</summary>
    public required string Code { get; init; }
    public required bool Urgent { get; init; }
    public required int Number { get; init; }
    public required int Answered { get; init; }

    /// <summary>Answered before they were due, or while their clock stood.</summary>
    public required int InTime { get; init; }

    /// <summary>Answered after they were due.</summary>
    public required int Late { get; init; }
    public required int Refused { get; init; }
}

/// <summary>What is added up; the partner's refusal of a request is not, for then it was never asked.</summary>
internal static class SumOf
{
    public const string Requests = "request";
    public const string Domains = "domain";

    /// <summary>Grounds of refusals, as the asker was told.</summary>
    public const string Grounds = "ground";

    /// <summary>The same, with those that were told in the form of 'no information'.</summary>
    public const string HeldGrounds = "held";

    public static readonly IReadOnlyList<string> All = [Requests, Domains, Grounds, HeldGrounds];
}
