using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Entente.Node.Storage;

/// <summary>
/// Seals what may not lie open on a disk (message lines, attachments, secrets): AES-256-GCM under a data key of its own,
/// which is itself wrapped by the node's <see cref="MasterKey"/>. Erasing is deleting the data key.
/// </summary>
internal sealed class ContentSeal(MasterKey master, Ids ids) : IDisposable
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // Setting a cipher up costs more than wrapping a key with it; one cipher is for one thread at a time.
    private readonly ThreadLocal<AesGcm> _master = new(() => new AesGcm(master.Bytes, TagLength), trackAllValues: true);

    public void Dispose()
    {
        foreach (var cipher in _master.Values)
        {
            cipher.Dispose();
        }

        _master.Dispose();
    }

    public async Task<SealedContent> SealAsync(
        Transaction transaction,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellation
    )
    {
        return (await SealAsync(transaction, [content], cancellation))[0];
    }

    /// <summary>The same for many contents, each under a data key of its own, in one go.</summary>
    public async Task<IReadOnlyList<SealedContent>> SealAsync(
        Transaction transaction,
        IReadOnlyList<ReadOnlyMemory<byte>> contents,
        CancellationToken cancellation
    )
    {
        var (sealedContents, keys) = Seal(contents);
        const string sql = "INSERT INTO data_key (id, wrapped) VALUES (@Id, @Wrapped)";
        await Bulk.ExecuteAsync(transaction, sql, ["Id", "Wrapped"], keys, cancellation);
        return sealedContents;
    }

    /// <summary>Randomness for all is asked for once: each question costs as much as wrapping a key.</summary>
    private (SealedContent[] Sealed, object?[][] Keys) Seal(IReadOnlyList<ReadOnlyMemory<byte>> contents)
    {
        const int each = KeyLength + (2 * NonceLength);
        var keys = new object?[contents.Count][];
        var sealedContents = new SealedContent[contents.Count];
        var random = RandomNumberGenerator.GetBytes(each * contents.Count);
        for (var i = 0; i < contents.Count; i++)
        {
            var id = ids.New();
            var own = random.AsSpan(i * each, each);
            var key = own[..KeyLength];
            keys[i] = [id, Encrypt(Master, own.Slice(KeyLength, NonceLength), key, id)];
            using var aes = new AesGcm(key, TagLength);
            sealedContents[i] = new SealedContent(id, Encrypt(aes, own[^NonceLength..], contents[i].Span, id));
        }

        CryptographicOperations.ZeroMemory(random);
        return (sealedContents, keys);
    }

    /// <summary>Opens a content and seals the version made of it under the key it already has, with a fresh nonce.</summary>
    public (byte[] Content, byte[] Sealed) Rewrite(
        SealedContent old,
        ReadOnlySpan<byte> wrapped,
        Func<byte[], byte[]> change
    )
    {
        var key = Decrypt(Master, wrapped, old.DataKey);
        using var aes = new AesGcm(key, TagLength);
        CryptographicOperations.ZeroMemory(key);
        var content = change(Decrypt(aes, old.Bytes, old.DataKey));
        return (content, Encrypt(aes, RandomNumberGenerator.GetBytes(NonceLength), content, old.DataKey));
    }

    /// <summary>Opens content whose wrapped key the caller read in the same query (`JOIN data_key`).</summary>
    /// <exception cref="CryptographicException">The bytes or the key were altered on disk.</exception>
    public byte[] Open(string dataKey, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> sealedBytes)
    {
        var key = Decrypt(Master, wrapped, dataKey);
        using var aes = new AesGcm(key, TagLength);
        CryptographicOperations.ZeroMemory(key);
        return Decrypt(aes, sealedBytes, dataKey);
    }

    /// <summary>Makes the content unreadable. The rows and files that held it may stay: they are noise now.</summary>
    public static async Task EraseAsync(Transaction transaction, string dataKey, CancellationToken cancellation)
    {
        const string sql = "DELETE FROM data_key WHERE id = @Id";
        await SqliteTuning.ZeroFreedPagesAsync(transaction, cancellation);
        await transaction.RunAsync(sql, new { Id = dataKey }, cancellation);
    }

    /// <summary>The same for many contents in one go.</summary>
    /// <returns>The keys that were still there.</returns>
    public static async Task<IReadOnlyList<string>> EraseAsync(
        Transaction transaction,
        Dialect dialect,
        IReadOnlyList<string> dataKeys,
        CancellationToken cancellation
    )
    {
        await SqliteTuning.ZeroFreedPagesAsync(transaction, cancellation);
        return await transaction.ListAsync<string>(
            $"DELETE FROM data_key WHERE id {dialect.AmongIds} RETURNING id",
            new { Ids = dataKeys },
            cancellation
        );
    }

    private AesGcm Master => _master.Value!; // Its factory makes one.

    private static byte[] Encrypt(AesGcm aes, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> content, string boundTo)
    {
        var output = GC.AllocateUninitializedArray<byte>(NonceLength + content.Length + TagLength); // All is written below.
        nonce.CopyTo(output);
        aes.Encrypt(
            nonce,
            content,
            output.AsSpan(NonceLength, content.Length),
            output.AsSpan(NonceLength + content.Length),
            Encoding.ASCII.GetBytes(boundTo)
        );
        return output;
    }

    private static byte[] Decrypt(AesGcm aes, ReadOnlySpan<byte> input, string boundTo)
    {
        if (input.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("Sealed content is too short.");
        }

        var content = new byte[input.Length - NonceLength - TagLength];
        aes.Decrypt(
            input[..NonceLength],
            input[NonceLength..^TagLength],
            input[^TagLength..],
            content,
            Encoding.ASCII.GetBytes(boundTo)
        );
        return content;
    }
}
