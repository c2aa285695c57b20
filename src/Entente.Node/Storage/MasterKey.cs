using System.Security.Cryptography;
using Entente.Node.Hosting;

namespace Entente.Node.Storage;

/// <summary>
/// The node's key at rest: 32 bytes from a file that only its owner may read, or from the environment variable
/// ENTENTE_MASTER_KEY (base64). It wraps every data key; without it the database and the files are noise.
/// </summary>
internal sealed class MasterKey : IDisposable
{
    private const string Variable = "ENTENTE_MASTER_KEY";
    private const int Length = 32;
    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    public ReadOnlySpan<byte> Bytes => _key;

    public static MasterKey Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(Length);
        PrivateFile.Write(path, key);
        return new MasterKey(key);
    }

    /// <exception cref="InvalidOperationException">No key, a key of the wrong length, or a file others may read.</exception>
    public static MasterKey Load(string path) => Load(path, Environment.GetEnvironmentVariable(Variable));

    internal static MasterKey Load(string path, string? fromEnvironment)
    {
        var (key, source) = fromEnvironment is null
            ? (PrivateFile.Read(path), path)
            : (Decode(fromEnvironment), Variable);
        return key.Length == Length
            ? new MasterKey(key)
            : throw new NodeUnusable($"The master key of {source} has {key.Length} bytes; it must have {Length}.");
    }

    private static byte[] Decode(string base64)
    {
        var key = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, key, out var length)
            ? key[..length]
            : throw new NodeUnusable($"{Variable} is not base64.");
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
