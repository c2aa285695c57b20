using Entente.Node.Storage;

namespace Entente.Node.Features.Corrections;

/// <summary>Finds what was made here of a message that is wrong, for somebody to look at.</summary>
internal sealed class CorrectionTraces(IEnumerable<IDerivations> derivations)
{
    private readonly IDerivations[] _derivations = [.. derivations];

    public async Task FindAsync(Transaction t, CorrectionRow row, CancellationToken cancellation)
    {
        foreach (var source in _derivations)
        {
            foreach (var (kind, item, at) in await source.OfAsync(t, row.MessageId, cancellation))
            {
                var trace = new TraceRow
                {
                    CorrectionId = row.Id,
                    Kind = kind,
                    Item = item,
                    At = at,
                };
                await CorrectionRows.TraceAsync(t, trace, cancellation);
            }
        }
    }
}
