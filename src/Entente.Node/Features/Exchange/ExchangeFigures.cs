namespace Entente.Node.Features.Exchange;

/// <summary>The exchange with one state in figures, for its page in the record.</summary>
internal sealed class ExchangeFigures
{
    public Task<PartnerFigures> ForAsync(string country, CancellationToken cancellation) =>
        Task.FromResult(new PartnerFigures(0, 0, 0, 0, 0, null));
}

/// <param name="MedianAnswer">Median time from receipt to answer, both ways; null where nothing was answered.</param>
internal sealed record PartnerFigures(
    int RequestsSent,
    int RequestsReceived,
    int Answered,
    int AnsweredInTime,
    int Overdue,
    TimeSpan? MedianAnswer
);
