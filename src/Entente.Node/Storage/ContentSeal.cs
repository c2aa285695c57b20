using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Entente.Node.Storage;

/// <summary>
/// Seals what may not lie open on a disk (message lines, attachments, secrets): AES-256-GCM under a data key of its own,
/// which is itself wrapped by the node's <see cref="MasterKey"/>. Erasing is deleting the data key.
/// </summary>
internal sealed class ContentSeal(MasterKey master, Ids ids)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public async Task<SealedContent> SealAsync(
        Transaction transaction,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellation
    )
    {
        var id = ids.New();
        var key = RandomNumberGenerator.GetBytes(32);
        const string sql = "INSERT INTO data_key (id, wrapped) VALUES (@Id, @Wrapped)";
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                new { Id = id, Wrapped = Encrypt(master.Bytes, key, id) },
                transaction.Inner,
                cancellationToken: cancellation
            )
        );
        var sealedBytes = Encrypt(key, content.Span, id);
        CryptographicOperations.ZeroMemory(key);
        return new SealedContent(id, sealedBytes);
    }

    /// <summary>The same for many contents, each under a data key of its own, in one go.</summary>
    public async Task<IReadOnlyList<SealedContent>> SealAsync(
        Transaction transaction,
        IReadOnlyList<ReadOnlyMemory<byte>> contents,
        CancellationToken cancellation
    )
    {
        var keys = new object?[contents.Count][];
        var sealedContents = new SealedContent[contents.Count];
        for (var i = 0; i < contents.Count; i++)
        {
            var id = ids.New();
            var key = RandomNumberGenerator.GetBytes(32);
            keys[i] = [id, Encrypt(master.Bytes, key, id)];
            sealedContents[i] = new SealedContent(id, Encrypt(key, contents[i].Span, id));
            CryptographicOperations.ZeroMemory(key);
        }

        const string sql = "INSERT INTO data_key (id, wrapped) VALUES (@Id, @Wrapped)";
        await Bulk.ExecuteAsync(transaction, sql, ["Id", "Wrapped"], keys, cancellation);
        return sealedContents;
    }

    /// <summary>Seals a new version of a content under the key it already has, with a fresh nonce.</summary>
    public byte[] Reseal(string dataKey, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> content)
    {
        var key = Decrypt(master.Bytes, wrapped, dataKey);
        var sealedBytes = Encrypt(key, content, dataKey);
        CryptographicOperations.ZeroMemory(key);
        return sealedBytes;
    }

    /// <summary>Opens content whose wrapped key the caller read in the same query (`JOIN data_key`).</summary>
    /// <exception cref="CryptographicException">The bytes or the key were altered on disk.</exception>
    public byte[] Open(string dataKey, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> sealedBytes)
    {
        var key = Decrypt(master.Bytes, wrapped, dataKey);
        var content = Decrypt(key, sealedBytes, dataKey);
        CryptographicOperations.ZeroMemory(key);
        return content;
    }

    /// <summary>Makes the content unreadable. The rows and files that held it may stay: they are noise now.</summary>
    public static Task EraseAsync(Transaction transaction, string dataKey, CancellationToken cancellation)
    {
        transaction.Erased = true;
        const string sql = "DELETE FROM data_key WHERE id = @Id";
        return transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, new { Id = dataKey }, transaction.Inner, cancellationToken: cancellation)
        );
    }

    /// <summary>The same for many contents in one go.</summary>
    /// <returns>The keys that were still there.</returns>
    public static Task<IReadOnlyList<string>> EraseAsync(
        Transaction transaction,
        Dialect dialect,
        IReadOnlyList<string> dataKeys,
        CancellationToken cancellation
    )
    {
        transaction.Erased = true;
        return transaction.ListAsync<string>(
            $"DELETE FROM data_key WHERE id {dialect.AmongIds} RETURNING id",
            new { Ids = dataKeys },
            cancellation
        );
    }

    private static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, string boundTo)
    {
        var output = new byte[NonceLength + content.Length + TagLength];
        var nonce = output.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(
            nonce,
            content,
            output.AsSpan(NonceLength, content.Length),
            output.AsSpan(NonceLength + content.Length),
            Encoding.ASCII.GetBytes(boundTo)
        );
        return output;
    }

    private static byte[] Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, string boundTo)
    {
        if (input.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("Sealed content is too short.");
        }

        var content = new byte[input.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
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
