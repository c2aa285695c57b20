using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Protocol;

namespace Entente.Node.Features.Carrier;

/// <summary>The first line of a carrier file: from whom, to whom, and how many lines of each kind follow.</summary>
internal sealed record CarrierHeader(
    [property: JsonRequired] int V,
    [property: JsonRequired] string Type,
    [property: JsonRequired] string From,
    [property: JsonRequired] string To,
    [property: JsonRequired] DateTimeOffset At,
    long Chunks = 0,
    long Envelopes = 0,
    long Receipts = 0,
    long Statements = 0
)
{
    public const string Messages = "entente-carrier";
    public const string ReceiptFile = "entente-receipts";

    /// <summary>From a restored node: what do you remember?</summary>
    public const string Question = "entente-recovery-question";

    /// <summary>What a restored node is given back.</summary>
    public const string Answer = "entente-recovery-answer";

    /// <summary>A restored node's word on its lost ledger.</summary>
    public const string Declaration = "entente-restoration";

    // The counts are known at the end and written over the first line: it keeps its length.
    private const int Length = 512;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
    };

    public long Lines => Chunks + Envelopes + Receipts + Statements;

    public byte[] ToLine()
    {
        var text = JsonSerializer.Serialize(this with { At = WireTime.Round(At) }, Json).PadRight(Length - 1) + "\n";
        return Encoding.ASCII.GetBytes(text); // Node ids and numbers only.
    }

    /// <summary>Null when it is no such line.</summary>
    public static CarrierHeader? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<CarrierHeader>(line, Json) is { V: 1, Lines: >= 0 } header
                ? header
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
