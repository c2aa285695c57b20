using System.Text.Json;

namespace Entente.Protocol;

/// <summary>
/// What one unit says to another. Travels as one line of JSON; the bytes of that line are what is hashed, signed and
/// receipted, so a received message is kept as its line and never written anew.
/// Whether purpose, basis and the like are there is for the guard to judge: the wire takes a message without them.
/// </summary>
public sealed record Message : Extensible
{
    public int V { get; init; } = 1;
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required Address From { get; init; }
    public required Address To { get; init; }
    public required Guid Case { get; init; }
    public Guid? ReplyTo { get; init; }
    public required DateTimeOffset Sent { get; init; }
    public required string Subject { get; init; }

    /// <summary>BCP 47, for example <c>fr</c>.</summary>
    public required string Language { get; init; }

    public required ProfileReference Profile { get; init; }
    public required Classification Classification { get; init; }

    /// <summary>Handling codes; none when the member is absent.</summary>
    public IReadOnlyList<string> Handling
    {
        get;
        // The JSON reader sets what is absent to null, whatever the type says.
        init => field = value ?? [];
    } = [];

    public string? Tlp { get; init; }
    public string? Pap { get; init; }
    public Evaluation? Evaluation { get; init; }
    public string? Purpose { get; init; }
    public Basis? Basis { get; init; }
    public Transfer? Transfer { get; init; }

    /// <summary>The commitments that the message serves.</summary>
    public IReadOnlyList<Guid>? Serves { get; init; }

    /// <summary>An object, shaped by the kind: see <see cref="Bodies"/>.</summary>
    public required JsonElement Body { get; init; }

    public IReadOnlyList<Subject>? Subjects { get; init; }
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Counts from 1 per link and direction; 0 until the message is sealed.</summary>
    public long Seq { get; init; }

    /// <summary>UTF-8 JSON without a line break.</summary>
    public byte[] ToLine() => JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Wire.Message);

    /// <summary>
    /// What <see cref="Parse"/> would refuse in a message made here, told from the message instead of reading its line
    /// again; null when nothing.
    /// </summary>
    /// <param name="line">What <see cref="ToLine"/> gave.</param>
    public string? Fault(ReadOnlySpan<byte> line) =>
        !WireText.IsText(line) ? "The text is not well-formed Unicode."
        : WireText.HasZero(line) ? MessageShape.Zero
        : MessageShape.Fault(this);

    public static Opened<Message> Parse(ReadOnlySpan<byte> line)
    {
        if (WireText.HasZero(line))
            return Refusal.Malformed(MessageShape.Zero);
        var read = WireText.Read(line, WireJson.Wire.Message);
        return read.Ok && MessageShape.Fault(read.Value) is { } fault ? Refusal.Malformed(fault) : read;
    }
}
