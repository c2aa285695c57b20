using System.Buffers;

namespace Entente.Node.Features.Carrier;

/// <summary>Reads a file line by line in bounded memory, however long it is.</summary>
internal sealed class CarrierLines : IDisposable
{
    /// <summary>The longest line there can be: an envelope given back, with all that proves it.</summary>
    private const int Longest = 16 * 1024 * 1024;

    private readonly FileStream _file;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int _start;
    private int _end;
    private long _taken;

    /// <param name="from">Where a line begins.</param>
    public CarrierLines(string path, long from = 0)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        _file.Position = _taken = from;
    }

    /// <summary>Where the line that was read last begins.</summary>
    public long Beginning { get; private set; }

    /// <summary>The line that was read last, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>From 0 to 1.</summary>
    public double Share => _file.Length == 0 ? 1 : (double)_taken / _file.Length;

    /// <summary>The next line without its line feed, until the next call; null at the end, or where no line can be.</summary>
    public async Task<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellation)
    {
        var searched = _start;
        while (true)
        {
            var found = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + found - _start);
                Beginning = _taken;
                _taken += line.Length + 1;
                _start = searched + found + 1;
                Number++;
                return line;
            }

            if (_end - _start > Longest)
            {
                return null;
            }

            searched = MakeRoom();
            var read = await _file.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <returns>Where what was not yet searched begins.</returns>
    private int MakeRoom()
    {
        var kept = _end - _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        }
        else if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        (_start, _end) = (0, kept);
        return kept;
    }
}
