namespace Entente.Node.Features.Links;

/// <summary>Where the ceremony stands. Only an active link carries messages.</summary>
public enum LinkState
{
    /// <summary>The partner's card is here; fewer than two security officers have confirmed the safety number.</summary>
    Pending,
    Active,

    /// <summary>Stopped by a security officer: nothing is sent or accepted; what waits, waits.</summary>
    Suspended,
}
