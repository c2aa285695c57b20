namespace Entente.Node.Features.Carrier;

/// <summary>What came of importing a file.</summary>
internal sealed class CarrierTaken(CarrierHeader? header)
{
    public CarrierHeader? Header => header;

    public long Chunks { get; set; }

    /// <summary>Envelopes here, whether this file brought them first or not.</summary>
    public long Envelopes { get; set; }

    /// <summary>Receipts that settled something.</summary>
    public long Receipts { get; set; }

    /// <summary>Receipts of what had been settled before.</summary>
    public long Known { get; set; }

    /// <summary>To be carried back; null where there is nothing to.</summary>
    public string? ReceiptFile { get; set; }

    /// <summary>Why it stopped; what is counted above stays taken.</summary>
    public CarrierFault? Fault { get; set; }

    public static CarrierTaken Nothing(CarrierFault fault) => new(null) { Fault = fault };

    /// <summary>At the end of the file: were there as many lines as its header says?</summary>
    public void Conclude(long lines)
    {
        if (Fault is null && header is not null && lines != header.Lines)
        {
            Fault = new CutShort(lines, header.Lines);
        }
    }
}
