namespace Entente.Node.Features.Delivery;

/// <summary>What the partner's node answered to an envelope, before anything of it is believed.</summary>
internal abstract record PostOutcome
{
    /// <param name="SentAt">Our clock when the request left.</param>
    /// <param name="AnsweredAt">Our clock when the answer was here.</param>
    internal sealed record Receipted(string Jws, DateTimeOffset SentAt, DateTimeOffset AnsweredAt) : PostOutcome
    {
        /// <summary>It came by hand: its time says nothing of how the partner's clock goes.</summary>
        public bool Carried { get; init; }
    }

    /// <summary>It misses messages before these.</summary>
    internal sealed record Gap(long Expected) : PostOutcome;

    /// <summary>It holds another history of this link.</summary>
    internal sealed record Fork : PostOutcome;

    internal sealed record FilesMissing(IReadOnlyList<string> Ids) : PostOutcome;

    /// <summary>Not now: busy, unreachable, or refused for a reason that a person must see to.</summary>
    /// <param name="After">What the partner asks us to wait.</param>
    internal sealed record Failed(string Failure, TimeSpan? After = null) : PostOutcome;
}
