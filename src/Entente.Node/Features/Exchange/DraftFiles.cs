using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// Files of a message that is still being written. A form cannot give a browser its files back, so they wait here, sealed,
/// until the message leaves or a day has passed. A file that will travel apart is encrypted at once as it will travel;
/// what is sealed here is then its key.
/// </summary>
internal sealed class DraftFiles(
    Database database,
    AttachmentStore attachments,
    ContentSeal seal,
    Ids ids,
    TimeProvider clock
)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Takes a file in; null where it is not one that may travel.</summary>
    /// <param name="size">Of <paramref name="content"/>, which is read to its end.</param>
    public async Task<DraftFile?> KeepAsync(
        Officer officer,
        string name,
        string type,
        long size,
        Stream content,
        CancellationToken cancellation
    )
    {
        if (
            !DraftLimits.MayTravel(type, size)
            || await BroughtAsync(officer, cancellation) + size > DraftLimits.OfficerBytes
            || await attachments.KeepAsync(Plain(name), type, content, cancellation) is not { } file
        )
        {
            return null;
        }

        const string sql = """
            INSERT INTO draft_file (id, officer, at, name, type, size, sha256, apart, data_key, sealed)
            VALUES (@Id, @Officer, @At, @Name, @Type, @Size, @Sha256, @Apart, @DataKey, @Sealed)
            """;
        var id = ids.New();
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            async t =>
            {
                await ForgetAsync(t, now - Kept, cancellation);
                var secret = await seal.SealAsync(t, DraftFileRow.Secret(file), cancellation);
                var values = new
                {
                    Id = id,
                    Officer = officer.Id,
                    At = now,
                    file.Name,
                    file.Type,
                    file.Size,
                    Sha256 = file.Sha256.ToString(),
                    Apart = file.Id?.ToString(),
                    secret.DataKey,
                    Sealed = secret.Bytes,
                };
                await t.RunAsync(sql, values, cancellation);
            },
            cancellation
        );
        return new DraftFile(id, file);
    }

    /// <summary>The officer's own files among these ids.</summary>
    public async Task<IReadOnlyList<DraftFile>> OpenAsync(
        Officer officer,
        IEnumerable<string> wanted,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT f.id, f.name, f.type, f.size, f.sha256, f.apart, f.data_key, f.sealed, k.wrapped
            FROM draft_file f JOIN data_key k ON k.id = f.data_key
            WHERE f.id = @Id AND f.officer = @Officer
            """;
        var files = new List<DraftFile>();
        await using var connection = await database.OpenAsync(cancellation);
        foreach (var id in wanted.Distinct(StringComparer.Ordinal).Take(DraftLimits.Files))
        {
            var with = new { Id = id, Officer = officer.Id };
            if (await connection.OneAsync<DraftFileRow>(sql, with, cancellation) is { } row)
            {
                files.Add(new DraftFile(row.Id, row.Open(seal)));
            }
        }

        return files;
    }

    private Task<long> BroughtAsync(Officer officer, CancellationToken cancellation)
    {
        const string sql = """
            SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM draft_file WHERE officer = @Officer AND at >= @Since
            """;
        var with = new { Officer = officer.Id, Since = clock.GetUtcNow() - Kept };
        return database.ReadAsync(c => c.OneAsync<long>(sql, with, cancellation), cancellation);
    }

    private async Task ForgetAsync(Transaction t, DateTimeOffset before, CancellationToken cancellation)
    {
        const string unsent = """
            SELECT f.apart FROM draft_file f
            WHERE f.at < @Before AND f.apart IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.id = f.apart AND a.direction = 'out')
            """;
        const string keys = """
            DELETE FROM data_key WHERE id IN (SELECT data_key FROM draft_file WHERE at < @Before)
            """;
        const string files = "DELETE FROM draft_file WHERE at < @Before";
        var with = new { Before = before };
        foreach (var apart in await t.ListAsync<string>(unsent, with, cancellation))
        {
            t.AfterCommit(() => attachments.Discard(Guid.Parse(apart)));
        }

        await t.RunAsync(keys, with, cancellation);
        await t.RunAsync(files, with, cancellation);
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
}

/// <param name="Id">By which the form names it.</param>
public sealed record DraftFile(string Id, Attachment File);
