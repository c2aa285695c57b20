namespace Entente.Node.Features.Carrier;

/// <summary>
/// Writes a carrier file beside its name and moves it there when it is whole and on disk: a half one is never carried away.
/// </summary>
internal sealed class CarrierWriter : IAsyncDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private CarrierHeader _header;

    public CarrierWriter(string path, CarrierHeader header)
    {
        (_path, _header) = (path, header);
        _file = new FileStream(
            Unfinished,
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 16,
            useAsync: true
        );
        _file.Write(header.ToLine());
    }

    public CarrierHeader Header => _header;

    private string Unfinished => _path + ".part";

    public async Task ChunkAsync(
        Guid attachment,
        long number,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellation
    )
    {
        await _file.WriteAsync(ChunkLine.Write(attachment, number, bytes.Span), cancellation);
        _header = _header with { Chunks = _header.Chunks + 1 };
    }

    public async Task EnvelopeAsync(ReadOnlyMemory<byte> jwe, CancellationToken cancellation)
    {
        await LineAsync(jwe, cancellation);
        _header = _header with { Envelopes = _header.Envelopes + 1 };
    }

    public async Task ReceiptAsync(string jws, CancellationToken cancellation)
    {
        await LineAsync(System.Text.Encoding.ASCII.GetBytes(jws), cancellation);
        _header = _header with { Receipts = _header.Receipts + 1 };
    }

    /// <summary>A question, a declaration, or where we stand.</summary>
    public async Task StatementAsync(ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        await LineAsync(line, cancellation);
        _header = _header with { Statements = _header.Statements + 1 };
    }

    /// <summary>The counts go into the first line, the file to the disk and under its name.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        await _file.FlushAsync(cancellation);
        _file.Position = 0;
        await _file.WriteAsync(_header.ToLine(), cancellation);
        await _file.FlushAsync(cancellation);
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        File.Move(Unfinished, _path, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        File.Delete(Unfinished);
    }

    private async Task LineAsync(ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        await _file.WriteAsync(line, cancellation);
        _file.WriteByte((byte)'\n');
    }
}
