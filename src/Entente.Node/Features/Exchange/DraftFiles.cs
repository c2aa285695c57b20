using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// Files of a message that is still being written. A form cannot give a browser its files back, so they wait here, sealed,
/// until the message leaves or a day has passed.
/// </summary>
internal sealed class DraftFiles(Database database, ContentSeal seal, Ids ids, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Takes a file in; null where it is not one that may travel.</summary>
    public async Task<DraftFile?> KeepAsync(Officer officer, AttachmentDraft file, CancellationToken cancellation)
    {
        if (DraftLimits.Faults([file]).Any())
        {
            return null;
        }

        const string sql = """
            INSERT INTO draft_file (id, officer, at, name, type, size, data_key, sealed)
            VALUES (@Id, @Officer, @At, @Name, @Type, @Size, @DataKey, @Sealed)
            """;
        var id = ids.New();
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            async t =>
            {
                await ForgetAsync(t, now - Kept, cancellation);
                var content = await seal.SealAsync(t, file.Content, cancellation);
                var values = new
                {
                    Id = id,
                    Officer = officer.Id,
                    At = now,
                    Name = Plain(file.Name),
                    file.Type,
                    Size = file.Content.LongLength,
                    content.DataKey,
                    Sealed = content.Bytes,
                };
                await t.RunAsync(sql, values, cancellation);
            },
            cancellation
        );
        return new DraftFile(id, Plain(file.Name), file.Content.LongLength);
    }

    /// <summary>The officer's own files among these ids.</summary>
    public async Task<IReadOnlyList<(DraftFile File, AttachmentDraft Content)>> OpenAsync(
        Officer officer,
        IEnumerable<string> wanted,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT f.id, f.name, f.type, f.size, f.data_key, f.sealed, k.wrapped
            FROM draft_file f JOIN data_key k ON k.id = f.data_key
            WHERE f.id = @Id AND f.officer = @Officer
            """;
        var files = new List<(DraftFile, AttachmentDraft)>();
        await using var connection = await database.OpenAsync(cancellation);
        foreach (var id in wanted.Distinct(StringComparer.Ordinal).Take(DraftLimits.Files))
        {
            if (await connection.OneAsync<Row>(sql, new { Id = id, Officer = officer.Id }, cancellation) is { } row)
            {
                var content = seal.Open(row.DataKey, row.Wrapped, row.Sealed);
                files.Add(
                    (new DraftFile(row.Id, row.Name, row.Size), new AttachmentDraft(row.Name, row.Type, content))
                );
            }
        }

        return files;
    }

    private static async Task ForgetAsync(Transaction t, DateTimeOffset before, CancellationToken cancellation)
    {
        const string keys = """
            DELETE FROM data_key WHERE id IN (SELECT data_key FROM draft_file WHERE at < @Before)
            """;
        const string files = "DELETE FROM draft_file WHERE at < @Before";
        await t.RunAsync(keys, new { Before = before }, cancellation);
        await t.RunAsync(files, new { Before = before }, cancellation);
    }

    /// <summary>The last part of the name without control characters: it is shown, and offered when the file is saved.</summary>
    private static string Plain(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = new StringBuilder();
        foreach (var c in last.Where(c => !char.IsControl(c)).Take(120))
        {
            plain.Append(c);
        }

        return plain.Length == 0 ? "file" : plain.ToString();
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Type { get; init; }
        public required long Size { get; init; }
        public required string DataKey { get; init; }
        public required byte[] Sealed { get; init; }
        public required byte[] Wrapped { get; init; }
    }
}

public sealed record DraftFile(string Id, string Name, long Size);
