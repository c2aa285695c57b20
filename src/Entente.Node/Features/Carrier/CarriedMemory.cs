using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;

namespace Entente.Node.Features.Carrier;

/// <summary>A partner's memory in a file that was carried here. Lines are found by where they begin; no two are held at once.</summary>
internal sealed class CarriedMemory : IPartnerMemory
{
    private readonly string _path;
    private readonly Dictionary<(string Direction, long First), long> _envelopes = [];
    private readonly Dictionary<(Guid File, long Chunk), long> _chunks = [];
    private Standing? _standing;

    private CarriedMemory(string path) => _path = path;

    /// <summary>Our declaration, to be carried back; null where none is needed.</summary>
    public string? Declaration { get; private set; }

    public long Envelopes => _envelopes.Count;

    /// <param name="lines">After the header.</param>
    public static async Task<CarriedMemory> ReadAsync(
        string path,
        CarrierLines lines,
        CarrierTaken taken,
        Action<double> advance,
        CancellationToken cancellation
    )
    {
        var memory = new CarriedMemory(path);
        while (taken.Fault is null && await lines.NextAsync(cancellation) is { } line)
        {
            taken.Fault = memory.Add(line.Span, lines.Beginning)
                ? null
                : new Damaged(lines.Number, "it cannot be read.");
            advance(lines.Share);
        }

        taken.Conclude(lines.Number - 1);
        return memory;
    }

    public Task<Reply<Standing>> StandingAsync(LinkedPartner partner, CancellationToken cancellation) =>
        Task.FromResult(
            _standing is null ? Reply<Standing>.Failed("recovery-unreadable") : new Reply<Standing>(_standing, null)
        );

    public async Task<Reply<ReturnedEnvelope>> EnvelopeAsync(
        LinkedPartner partner,
        MessageDirection direction,
        long first,
        CancellationToken cancellation
    ) =>
        _envelopes.TryGetValue((ReturnedLine.Name(direction), first), out var place)
        && Wire.Read<ReturnedLine>((await LineAsync(place, cancellation)).Span)?.Envelope is { } envelope
            ? new Reply<ReturnedEnvelope>(envelope, null)
            : Reply<ReturnedEnvelope>.Failed(Reply.NotThere);

    public async Task<Reply<byte[]>> ChunkAsync(
        LinkedPartner partner,
        MessageDirection direction,
        Guid file,
        long chunk,
        CancellationToken cancellation
    ) =>
        _chunks.TryGetValue((file, chunk), out var place)
        && ChunkLine.Parse((await LineAsync(place, cancellation)).Span) is { } found
            ? new Reply<byte[]>(found.Bytes(), null)
            : Reply<byte[]>.Failed(Reply.NotThere);

    public Task<Reply<byte[]>> DeclareAsync(LinkedPartner partner, string jws, CancellationToken cancellation)
    {
        Declaration = jws;
        return Task.FromResult(new Reply<byte[]>([], null));
    }

    private bool Add(ReadOnlySpan<byte> line, long place)
    {
        if (ChunkLine.Parse(line) is { } chunk)
        {
            _chunks[(chunk.Attachment, chunk.Chunk)] = place;
            return true;
        }

        var returned = Wire.Read<ReturnedLine>(line);
        _standing = returned?.Standing ?? _standing;
        if (returned is { Direction: { } direction, Envelope: not null })
        {
            _envelopes[(direction, returned.First)] = place;
        }

        return returned is { Standing: not null } or { Direction: not null, Envelope: not null };
    }

    private async Task<ReadOnlyMemory<byte>> LineAsync(long place, CancellationToken cancellation)
    {
        using var lines = new CarrierLines(_path, place);
        return (await lines.NextAsync(cancellation))?.ToArray() ?? ReadOnlyMemory<byte>.Empty;
    }
}
