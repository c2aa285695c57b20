using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>What a message says about its own row.</summary>
internal static class Projection
{
    public static RequestRow Row(Message message, string direction, DateTimeOffset at)
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
            Domain = Domain(message) ?? "",
            Urgency = message.Kind == Kinds.Request ? message.AsRequest().Value?.Urgency.Code() ?? "other" : "",
            ProfileId = message.Profile.Id,
            ProfileVersion = message.Profile.Version,
            Rank = message.Classification.Rank,
            Sent = message.Sent,
            SortAt = at,
            State = RequestState.Received,
            Open = true,
        };
    }

    /// <summary>The domain of a request or an information; null where the body cannot be read.</summary>
    public static string? Domain(Message message) =>
        message.Kind switch
        {
            Kinds.Request => message.AsRequest().Value?.Domain,
            Kinds.Information => message.AsInformation()?.Domain,
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
