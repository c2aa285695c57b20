using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Entente.Node.Commands.Bench;

/// <summary>
/// What this machine allows: the bare operations that the protocol demands for a message, both nodes together, and bare
/// rows made durable in the embedded engine. No node does with less; none of ours is in it.
/// </summary>
internal sealed record ExchangeLimit
{
    public required int Cores { get; init; }

    /// <summary>Messages in one envelope, as the measured run had them.</summary>
    public required double MessagesPerEnvelope { get; init; }

    /// <summary>P-256 in microseconds: each is done so many times an envelope, both sides.</summary>
    public required double SignMicroseconds { get; init; }
    public required double VerifyMicroseconds { get; init; }
    public required double AgreementMicroseconds { get; init; }

    /// <summary>AES-256-GCM and SHA-256 over one message, in microseconds.</summary>
    public required double EncryptMicroseconds { get; init; }
    public required double HashMicroseconds { get; init; }

    /// <summary>One row of the message's size and one of a ledger leaf's, in durable transactions of an envelope.</summary>
    public required double StoreMicroseconds { get; init; }

    /// <summary>Transactions of one row each, made durable one after the other.</summary>
    public required double CommitsPerSecond { get; init; }

    /// <summary>Batch and receipt are signed and verified; both sides agree on the key, one makes it.</summary>
    public double CryptographyMicroseconds =>
        ((2 * SignMicroseconds) + (2 * VerifyMicroseconds) + AgreementMicroseconds) / MessagesPerEnvelope
        + (2 * EncryptMicroseconds)
        + (4 * HashMicroseconds);

    /// <summary>Messages a second with every core busy with nothing else.</summary>
    public double MessagesPerSecond => Cores * 1e6 / (CryptographyMicroseconds + (2 * StoreMicroseconds));

    public static ExchangeLimit Measure(int size, double messagesPerEnvelope, string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var receiver = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var message = RandomNumberGenerator.GetBytes(size);
        var signature = key.SignData(message, HashAlgorithmName.SHA256);
        using var cipher = new AesGcm(RandomNumberGenerator.GetBytes(32), 16);
        var (nonce, sealedBytes, tag) = (new byte[12], new byte[size], new byte[16]);
        var batch = Math.Max(1, (int)messagesPerEnvelope);
        return new ExchangeLimit
        {
            Cores = Environment.ProcessorCount,
            MessagesPerEnvelope = messagesPerEnvelope,
            SignMicroseconds = Time(500, () => key.SignData(message.AsSpan(0, 300), HashAlgorithmName.SHA256)),
            VerifyMicroseconds = Time(500, () => key.VerifyData(message, signature, HashAlgorithmName.SHA256)),
            AgreementMicroseconds = Time(200, () => Agree(receiver)),
            EncryptMicroseconds = Time(5000, () => cipher.Encrypt(nonce, message, sealedBytes, tag)),
            HashMicroseconds = Time(5000, () => SHA256.HashData(message)),
            StoreMicroseconds = Store(folder, message, batch, Math.Max(20, 20_000 / batch)) / batch,
            CommitsPerSecond = 1e6 / Store(folder, message.AsSpan(0, Math.Min(size, 100)).ToArray(), 1, 500),
        };
    }

    /// <summary>A fresh key agrees with the receiver's, and the receiver's with the imported fresh one.</summary>
    private static void Agree(ECDiffieHellman receiver)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var theirs = receiver.PublicKey;
        ephemeral.DeriveRawSecretAgreement(theirs);
        using var imported = ECDiffieHellman.Create(ephemeral.ExportParameters(includePrivateParameters: false));
        receiver.DeriveRawSecretAgreement(imported.PublicKey);
    }

    private static double Time(int times, Action work)
    {
        work();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / times;
    }

    /// <returns>Microseconds a transaction of so many messages, each with its leaf.</returns>
    private static double Store(string folder, byte[] message, int rows, int transactions)
    {
        var file = Path.Combine(folder, $"limit-{rows}-{transactions}.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096");
        Run(connection, "CREATE TABLE message (seq INTEGER PRIMARY KEY, line BLOB)");
        Run(connection, "CREATE TABLE leaf (idx INTEGER PRIMARY KEY, json TEXT)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO message (line) VALUES (@Line); INSERT INTO leaf (json) VALUES (@Leaf)";
        insert.Parameters.AddWithValue("@Line", message);
        insert.Parameters.AddWithValue("@Leaf", new string('x', 300));
        var began = Stopwatch.GetTimestamp();
        for (var t = 0; t < transactions; t++)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var row = 0; row < rows; row++)
            {
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / transactions;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
