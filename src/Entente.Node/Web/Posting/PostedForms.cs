using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Web.Posting;

/// <summary>
/// Forms that send, once each. A form posted twice (a double click, a reload, a network that repeats) leads to where it led
/// the first time; what it led to is kept in the transaction that sends. Writers follow each other, instances over one
/// PostgreSQL too, so that of two postings at the same instant one finds the other.
/// </summary>
internal sealed class PostedForms : IDisposable
{
    public const string Field = "once";

    private const int BufferBytes = 81920;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    // Not what was filled in: the token differs from one form to the next, and where the form goes is its page's.
    private static readonly HashSet<string> Apart = [Field, "__RequestVerificationToken", "_handler"];

    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly byte[] _key;

    public PostedForms(Database database, MasterKey master, TimeProvider clock)
    {
        (_database, _clock) = (database, clock);
        _key = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            master.Bytes.ToArray(),
            32,
            [],
            "entente posted forms"u8.ToArray()
        );
    }

    /// <returns>Null for a form without a number: it is sent each time it is posted.</returns>
    public async Task<PostedForm?> ReadAsync(Officer officer, IFormCollection form, CancellationToken cancellation) =>
        Guid.TryParse(form[Field], out var number)
            ? new PostedForm(officer.Login, number.ToString(), await ContentAsync(form, cancellation))
            : null;

    /// <summary>Where it led before; null where it did not.</summary>
    public Task<string?> LedToAsync(PostedForm? post, CancellationToken cancellation) =>
        post is null
            ? Task.FromResult<string?>(null)
            : _database.ReadAsync(c => c.OneAsync<string>(Sql, Values(post), cancellation), cancellation);

    /// <summary>The same, in the transaction that would send.</summary>
    public Task<string?> LedToAsync(Transaction t, PostedForm post, CancellationToken cancellation) =>
        t.OneAsync<string>(Sql, Values(post), cancellation);

    /// <summary>In the transaction that sends.</summary>
    /// <param name="next">The address it leads to.</param>
    public async Task KeepAsync(Transaction t, PostedForm post, string next, CancellationToken cancellation)
    {
        const string purge = "DELETE FROM posted_form WHERE at < @Oldest";
        await t.RunAsync(purge, new { Oldest = _clock.GetUtcNow() - Kept }, cancellation);
        const string sql = """
            INSERT INTO posted_form (officer, number, content, next, at) VALUES (@Officer, @Number, @Content, @Next, @At)
            """;
        var values = new
        {
            post.Officer,
            post.Number,
            post.Content,
            Next = next,
            At = _clock.GetUtcNow(),
        };
        await t.RunAsync(sql, values, cancellation);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private const string Sql = """
        SELECT next FROM posted_form
        WHERE officer = @Officer AND number = @Number AND content = @Content AND at >= @Oldest
        """;

    private object Values(PostedForm post) =>
        new
        {
            post.Officer,
            post.Number,
            post.Content,
            Oldest = _clock.GetUtcNow() - Kept,
        };

    /// <summary>Each piece with its length before it: no two forms write the same.</summary>
    private async Task<string> ContentAsync(IFormCollection form, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (
            var (name, values) in form.Where(f => !Apart.Contains(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal)
        )
        {
            Add(hash, name);
            Length(hash, values.Count);
            foreach (var value in values)
            {
                Add(hash, value ?? "");
            }
        }

        foreach (var file in form.Files)
        {
            Add(hash, file.Name);
            Add(hash, file.FileName);
            Length(hash, file.Length);
            await using var content = file.OpenReadStream();
            var buffer = new byte[BufferBytes];
            for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0; )
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Length(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Length(IncrementalHash hash, long length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, length);
        hash.AppendData(bytes);
    }
}
