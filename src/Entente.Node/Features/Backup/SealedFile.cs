using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Entente.Node.Features.Backup;

/// <summary>A backup file opened with the recovery key: any stretch of its contents, each segment checked as it is read.</summary>
internal sealed class SealedFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly Segments _segments;
    private readonly int _start;
    private readonly long _sealedLength;
    private readonly byte[] _input = new byte[Segments.Size + Segments.TagSize];
    private readonly byte[] _plain = new byte[Segments.Size];
    private long _current = -1;

    private SealedFile(string path, BackupHeader header, SafeFileHandle handle, Segments segments, int start)
    {
        (Path, Header, _handle, _segments, _start) = (path, header, handle, segments, start);
        _sealedLength = RandomAccess.GetLength(handle) - start - Segments.End.Length;
        var tags = (_sealedLength + _input.Length - 1) / _input.Length * Segments.TagSize;
        Length = _sealedLength - tags;
    }

    public string Path { get; }

    public BackupHeader Header { get; }

    /// <summary>Bytes of the contents.</summary>
    public long Length { get; }

    /// <exception cref="BackupRefused">No backup, not for this key, or cut short.</exception>
    public static SealedFile Open(string path, ECDiffieHellman recovery)
    {
        using var file = File.OpenRead(path);
        var (header, line) = BackupHeader.Read(file, path);
        var given = RecoveryKey.Kid(recovery);
        if (given != header.Recovery)
        {
            throw new BackupRefused(new WrongRecoveryKey(path, header.Recovery, given));
        }

        RefuseCut(file, path);
        try
        {
            using var ephemeral = RecoveryKey.Import(header.Epk);
            using var other = ephemeral.PublicKey;
            var key = BackupHeader.ContentKey(recovery.DeriveRawSecretAgreement(other), line);
            return new SealedFile(path, header, File.OpenHandle(path), new Segments(key, line), line.Length);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new BackupRefused(new NotABackup(path));
        }
    }

    /// <summary>Fills the buffer from this place of the contents.</summary>
    /// <exception cref="BackupRefused">A segment was altered, or the contents end before the buffer is full.</exception>
    public void Read(long offset, Span<byte> buffer)
    {
        if (offset + buffer.Length > Length)
        {
            throw new BackupRefused(new CutShort(Path));
        }

        while (buffer.Length > 0)
        {
            Load(offset / Segments.Size);
            var from = (int)(offset % Segments.Size);
            var part = Math.Min(buffer.Length, Segments.Size - from);
            _plain.AsSpan(from, part).CopyTo(buffer);
            buffer = buffer[part..];
            offset += part;
        }
    }

    public void Dispose()
    {
        _handle.Dispose();
        _segments.Dispose();
    }

    private static void RefuseCut(FileStream file, string path)
    {
        Span<byte> end = stackalloc byte[Segments.End.Length];
        if (file.Length >= end.Length)
        {
            file.Position = file.Length - end.Length;
            file.ReadExactly(end);
        }

        if (!end.SequenceEqual(Segments.End))
        {
            throw new BackupRefused(new CutShort(path));
        }
    }

    private void Load(long number)
    {
        if (number == _current)
        {
            return;
        }

        var at = number * _input.Length;
        var length = (int)Math.Min(_sealedLength - at, _input.Length);
        var last = at + length == _sealedLength;
        var read = RandomAccess.Read(_handle, _input.AsSpan(0, length), _start + at);
        _current = -1;
        if (read != length || !_segments.TryOpen(number, last, _input.AsSpan(0, length), _plain))
        {
            throw new BackupRefused(new Altered(Path, number));
        }

        _current = number;
    }
}
