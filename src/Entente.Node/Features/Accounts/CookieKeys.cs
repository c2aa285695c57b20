using System.Text;
using System.Xml.Linq;
using Entente.Node.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Entente.Node.Features.Accounts;

/// <summary>
/// Keeps the keys that protect cookies and forms in the database, sealed under the master key: whoever reads the disk or a
/// backup can sign nobody in, and all instances of a node over one PostgreSQL take each other's cookies.
/// </summary>
internal sealed class CookieKeys(Database database, ContentSeal seal, Ids ids, TimeProvider clock) : IXmlRepository
{
    // The framework asks without waiting and rarely: at start, once a day, and when it makes a key every ninety days.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(ReadAsync).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => WriteAsync(element)).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        const string sql = """
            SELECT k.data_key, k.sealed, d.wrapped FROM cookie_key k JOIN data_key d ON d.id = k.data_key
            ORDER BY k.created, k.id
            """;
        var rows = await database.ReadAsync(
            c => c.ListAsync<Row>(sql, null, CancellationToken.None),
            CancellationToken.None
        );
        return [.. rows.Select(Open)];
    }

    private XElement Open(Row row) =>
        XElement.Parse(Encoding.UTF8.GetString(seal.Open(row.DataKey, row.Wrapped, row.Sealed)));

    private Task WriteAsync(XElement element)
    {
        const string sql = """
            INSERT INTO cookie_key (id, created, data_key, sealed) VALUES (@Id, @Now, @DataKey, @Sealed)
            """;
        return database.WriteAsync(
            async t =>
            {
                var xml = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
                var content = await seal.SealAsync(t, xml, CancellationToken.None);
                var row = new
                {
                    Id = ids.New(),
                    Now = clock.GetUtcNow(),
                    content.DataKey,
                    Sealed = content.Bytes,
                };
                await t.RunAsync(sql, row, CancellationToken.None);
            },
            CancellationToken.None
        );
    }

    private sealed class Row
    {
        public required string DataKey { get; init; }
        public required byte[] Sealed { get; init; }
        public required byte[] Wrapped { get; init; }
    }
}
