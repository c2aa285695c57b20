using Entente.Node.Guard;

namespace Entente.Node.Features.Exchange;

/// <summary>What became of something an officer wanted sent.</summary>
public abstract record SendResult
{
    /// <summary>Durable here; the courier has it.</summary>
    internal sealed record Sent(string Message, string Case) : SendResult;

    /// <summary>It waits for a second person, and goes out when they grant it.</summary>
    internal sealed record Waiting(string Approval, string Message, Decision Decision) : SendResult;

    /// <summary>The same form had sent it before; nothing was sent now.</summary>
    /// <param name="Next">The address that the first posting led to.</param>
    internal sealed record Again(string Next) : SendResult;

    /// <summary>The guard stood against it; the refusal is recorded, nothing has left.</summary>
    internal sealed record Refused(Decision Decision) : SendResult;

    /// <summary>Not yet something that could be judged.</summary>
    internal sealed record Faulty(IReadOnlyList<ExchangeError> Errors) : SendResult;

    /// <summary>The page that shows what became of it; null where the form is shown again.</summary>
    public string? Page =>
        this switch
        {
            Sent sent => $"/cases/{sent.Case}",
            Waiting waiting => $"/approvals/{waiting.Approval}",
            Again again => again.Next,
            _ => null,
        };
}
