using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>Messages that speak of another: the same case, partner, profile and purpose.</summary>
internal sealed class ReplyMessages(NodeOptions options, NodeMarking marking, Ids ids, TimeProvider clock)
{
    /// <param name="about">What it replies to, received or sent.</param>
    public async Task<Message> WriteAsync(
        string kind,
        Officer officer,
        Message about,
        int rank,
        JsonElement body,
        CancellationToken cancellation
    )
    {
        var own = NodeId.Parse(options.Node);
        // What is classified lower may not repeat what the other was about, nor for what.
        var lower = rank < about.Classification.Rank;
        return new Message
        {
            Id = Guid.Parse(ids.New()),
            Kind = kind,
            From = new Address(officer.Unit, own),
            To = about.From.Node == own ? about.To : about.From,
            Case = about.Case,
            ReplyTo = about.Id,
            Sent = WireTime.Round(clock.GetUtcNow()),
            Subject = lower ? kind : about.Subject,
            Language = about.Language,
            Profile = about.Profile,
            Classification = await marking.MarkAsync(rank, cancellation),
            Purpose = lower ? null : about.Purpose,
            Basis = about.Basis,
            Serves = about.Serves,
            Body = body,
        };
    }
}
