using System.Text;
using System.Text.Json;
using Entente.Node.Features.Approvals;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>The message inside what waits for a second person, whichever draft it was written from.</summary>
internal sealed record WrittenMessage(string Line)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Message Read(ApprovalContent content) =>
        Message
            .Parse(Encoding.UTF8.GetBytes(JsonSerializer.Deserialize<WrittenMessage>(content.Data, Json)!.Line))
            .Required(); // Our own writing.
}
