using Entente.Node.Features.Delivery;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Instances;

/// <summary>What is at the receiver, beside what was sent.</summary>
internal static class Received
{
    /// <summary>Each once, in the order in which they were sent, without a hole.</summary>
    public static void ShouldHold(this IReadOnlyList<StoredMessage> received, IReadOnlyList<Message> sent)
    {
        List<StoredMessage> inOrder = [.. received.OrderBy(m => m.Seq)];
        inOrder.Select(m => m.Id).ShouldBe(sent.Select(m => m.Id.ToString()));
        inOrder.Select(m => m.Seq!.Value).ShouldBe(Enumerable.Range(1, sent.Count).Select(i => (long)i)); // Received: numbered.
    }
}
