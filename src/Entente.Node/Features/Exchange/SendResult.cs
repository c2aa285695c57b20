using Entente.Node.Guard;

namespace Entente.Node.Features.Exchange;

/// <summary>What became of something an officer wanted sent.</summary>
public abstract record SendResult
{
    /// <summary>Durable here; the courier has it.</summary>
    internal sealed record Sent(string Message, string Case) : SendResult;

    /// <summary>It waits for a second person, and goes out when they grant it.</summary>
    internal sealed record Waiting(string Approval, string Message, Decision Decision) : SendResult;

    /// <summary>The guard stood against it; the refusal is recorded, nothing has left.</summary>
    internal sealed record Refused(Decision Decision) : SendResult;

    /// <summary>Not yet something that could be judged.</summary>
    internal sealed record Faulty(IReadOnlyList<ExchangeError> Errors) : SendResult;
}
