using Entente.Node.Features.Exchange.Deadlines;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>What a message says about its own row.</summary>
internal static class Projection
{
    public static RequestRow Row(Message message, RequestTerms terms, string direction, DateTimeOffset at)
    {
        var partner = direction == "out" ? message.To : message.From;
        var own = direction == "out" ? message.From : message.To;
        return new RequestRow
        {
            Id = message.Id.ToString(),
            CaseId = message.Case.ToString(),
            Kind = message.Kind,
            Direction = direction,
            Partner = partner.Node.ToString(),
            Country = partner.Node.Country.ToUpperInvariant(),
            Unit = own.Unit,
            PartnerUnit = partner.Unit,
            Domain = terms.Domain,
            Urgency = terms.Urgency,
            ProfileId = message.Profile.Id,
            ProfileVersion = message.Profile.Version,
            Rank = message.Classification.Rank,
            Sent = message.Sent,
            SortAt = at,
            State = RequestState.Received,
            Open = true,
        };
    }

    /// <summary>Kinds that have a row of their own: what asks for something or tells it unasked.</summary>
    public static bool HasRow(string kind) => kind is Kinds.Request or Kinds.Information or Kinds.Alert;

    /// <summary>What such a message says of itself; null where the body cannot be read.</summary>
    public static RequestTerms? Terms(Message message) =>
        message.Kind switch
        {
            Kinds.Request => message.AsRequest().Value is { } body
                ? new RequestTerms(body.Domain, body.Urgency.Code())
                : null,
            Kinds.Information => message.AsInformation() is { } body ? new RequestTerms(body.Domain, "") : null,
            Kinds.Alert => message.AsInformation() is { } body
                ? new RequestTerms(body.Domain, Acknowledgement.Urgency(body.Acknowledge))
                : null,
            _ => null,
        };

    /// <summary>What a message may be found by.</summary>
    public static IEnumerable<string?> Texts(Message message) =>
        [
            message.Subject,
            message.Case.ToString("N")[^12..],
            .. (message.Subjects ?? []).SelectMany(subject => subject.Properties.Values.SelectMany(values => values)),
        ];
}

/// <param name="Urgency">Empty for an information.</param>
internal sealed record RequestTerms(string Domain, string Urgency)
{
    public static RequestTerms None { get; } = new("", "other");
}
