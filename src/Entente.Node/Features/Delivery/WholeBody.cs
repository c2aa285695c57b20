using System.Buffers;

namespace Entente.Node.Features.Delivery;

/// <summary>A request's body read whole into rented memory, up to a limit that is checked before and while reading.</summary>
internal sealed class WholeBody : IDisposable
{
    private const int FirstGuess = 16 * 1024;
    private byte[] _buffer;
    private int _length;

    private WholeBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <returns>The body, or null when it is longer than the limit or was cut short.</returns>
    public static async Task<(WholeBody? Body, DeliveryRefusal? Refusal)> ReadAsync(
        HttpRequest request,
        int limit,
        CancellationToken cancellation
    )
    {
        if (request.ContentLength > limit)
        {
            return (null, new BodyTooLarge(limit));
        }

        var body = new WholeBody((int)Math.Clamp(request.ContentLength ?? FirstGuess, 1, limit) + 1);
        DeliveryRefusal? refusal;
        try
        {
            refusal = await body.FillAsync(request.Body, limit, cancellation) ? null : new BodyTooLarge(limit);
        }
        catch (BadHttpRequestException e)
        {
            refusal =
                e.StatusCode == StatusCodes.Status413PayloadTooLarge ? new BodyTooLarge(limit) : new BodyCutShort();
        }
        catch (IOException)
        {
            refusal = new BodyCutShort();
        }

        if (refusal is not null)
        {
            body.Dispose();
        }

        return refusal is null ? (body, null) : (null, refusal);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async Task<bool> FillAsync(Stream stream, int limit, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellation);
            if (read == 0)
            {
                return true;
            }

            _length += read;
            if (_length > limit)
            {
                return false;
            }

            if (_length == _buffer.Length)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
