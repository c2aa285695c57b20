using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Backup;

/// <summary>
/// What the last backup of the chain holds, by hash, so that the next one writes only what is new. Kept in the node's folder,
/// sealed by the master key; when it is lost, the next backup begins a new chain.
/// </summary>
/// <remarks>About 100 bytes a piece of 64 KiB: 0.2 % of what is backed up.</remarks>
internal sealed class ChainMemory
{
    private static readonly byte[] Info = Encoding.ASCII.GetBytes("entente backup memory 1");
    private readonly HashSet<Hash> _before = [];
    private readonly HashSet<Hash> _now = [];
    private readonly Dictionary<string, Kept> _filesBefore = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kept> _files = new(StringComparer.Ordinal);

    private ChainMemory(Place place) => Next = place;

    /// <summary>The place that the coming backup has in its chain.</summary>
    public Place Next { get; private set; }

    public bool Holds(Hash piece) => _before.Contains(piece) || _now.Contains(piece);

    public void Add(Hash piece) => _now.Add(piece);

    public void Keep(Hash piece) => _now.Add(piece);

    /// <summary>The piece of a file that never changes once written, if it was there the last time with this length.</summary>
    public Hash? FindFile(string name, long length) =>
        _filesBefore.TryGetValue(name, out var kept) && kept.Length == length ? kept.Piece : null;

    public void RememberFile(string name, long length, Hash piece) => _files[name] = new Kept(length, piece);

    public static ChainMemory Begin(string chain, string recovery) => new(new Place(chain, 0, null, recovery));

    /// <summary>Null when there is none, or none that this node can open: then a new chain begins.</summary>
    public static ChainMemory? Load(NodeHome home, MasterKey master)
    {
        var path = PathOf(home);
        if (!File.Exists(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        try
        {
            using var aes = new AesGcm(Key(master), 16);
            var plain = new byte[bytes.Length - 28];
            aes.Decrypt(bytes.AsSpan(0, 12), bytes.AsSpan(28), bytes.AsSpan(12, 16), plain, Info);
            return Read(plain);
        }
        catch (Exception e) when (e is CryptographicException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The backup is written: from here on the next one builds on it.</summary>
    public void Save(NodeHome home, MasterKey master, string backup)
    {
        Next = Next with { Number = Next.Number + 1, Previous = backup };
        var plain = Write();
        var bytes = new byte[plain.Length + 28];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, 12));
        using var aes = new AesGcm(Key(master), 16);
        aes.Encrypt(bytes.AsSpan(0, 12), plain, bytes.AsSpan(28), bytes.AsSpan(12, 16), Info);
        PrivateFile.Write(PathOf(home), bytes);
    }

    /// <summary>The next backup begins a new chain.</summary>
    public static void Forget(NodeHome home)
    {
        if (File.Exists(PathOf(home)))
        {
            File.Delete(PathOf(home));
        }
    }

    public static string FolderOf(NodeHome home) => Path.Combine(home.Folder, "data", "backup");

    private static string PathOf(NodeHome home) => Path.Combine(FolderOf(home), "chain.sealed");

    private static byte[] Key(MasterKey master) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master.Bytes.ToArray(), 32, info: Info);

    private byte[] Write()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(JsonSerializer.Serialize(Next, Manifest.Json));
        writer.Write(_now.Count);
        foreach (var piece in _now)
        {
            writer.Write(piece.ToArray());
        }

        writer.Write(_files.Count);
        foreach (var (name, kept) in _files)
        {
            writer.Write(name);
            writer.Write(kept.Length);
            writer.Write(kept.Piece.ToArray());
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static ChainMemory Read(byte[] plain)
    {
        using var reader = new BinaryReader(new MemoryStream(plain));
        var memory = new ChainMemory(JsonSerializer.Deserialize<Place>(reader.ReadString(), Manifest.Json)!); // We wrote it.
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            memory._before.Add(Hash.From(reader.ReadBytes(Hash.Size)));
        }

        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            memory._filesBefore[reader.ReadString()] = new Kept(
                reader.ReadInt64(),
                Hash.From(reader.ReadBytes(Hash.Size))
            );
        }

        return memory;
    }

    /// <param name="Recovery">Thumbprint of the recovery key; another key begins another chain.</param>
    internal sealed record Place(string Chain, long Number, string? Previous, string Recovery);

    private readonly record struct Kept(long Length, Hash Piece);
}
