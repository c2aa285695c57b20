using System.Collections.Concurrent;
using System.Text.Json;
using Entente.Names;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;

namespace Entente.Node.Features.Protection;

/// <summary>
/// Whom to shield from whom. Asked by the guard and where a person's rights are answered; nobody else. A name is found in
/// any order, case and script and without capitals, and where its words stand apart, so that free text is covered too.
/// </summary>
internal sealed class ProtectionBook(Database database, ContentSeal seal)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly ConcurrentDictionary<string, Watched> _watched = new(StringComparer.Ordinal);

    /// <summary>Do these texts name somebody who is protected from that country?</summary>
    public async Task<bool> ShieldsAsync(string country, IEnumerable<string?> texts, CancellationToken cancellation)
    {
        const string sql = "SELECT id FROM protected_person WHERE lifted_at IS NULL AND origin = @Country ORDER BY id";
        var ids = await database.ReadAsync(
            c => c.ListAsync<string>(sql, new { Country = country }, cancellation),
            cancellation
        );
        return (await WatchedAsync(country, ids, cancellation)).AreNamed(texts);
    }

    /// <summary>Do these texts name somebody who is protected from anybody?</summary>
    public async Task<bool> NamesAnyAsync(IEnumerable<string?> texts, CancellationToken cancellation)
    {
        const string sql = "SELECT id FROM protected_person WHERE lifted_at IS NULL ORDER BY id";
        var ids = await database.ReadAsync(c => c.ListAsync<string>(sql, null, cancellation), cancellation);
        return (await WatchedAsync("", ids, cancellation)).AreNamed(texts);
    }

    /// <summary>The register, the newest first.</summary>
    public async Task<IReadOnlyList<ProtectedPerson>> ListAsync(int most, CancellationToken cancellation)
    {
        const string sql = """
            SELECT p.id, p.origin, p.placed_at, p.placed_by, p.data_key, p.sealed, k.wrapped
            FROM protected_person p JOIN data_key k ON k.id = p.data_key
            WHERE p.lifted_at IS NULL ORDER BY p.placed_at DESC, p.id LIMIT @Most
            """;
        var rows = await database.ReadAsync(
            c => c.ListAsync<Row>(sql, new { Most = most }, cancellation),
            cancellation
        );
        return [.. rows.Select(Open)];
    }

    /// <summary>What is sealed of a person.</summary>
    public static byte[] Content(IReadOnlyList<string> names, string remark) =>
        JsonSerializer.SerializeToUtf8Bytes(new Kept(names, remark), Json);

    /// <summary>Made anew when somebody was placed or lifted: a person's entry itself never changes.</summary>
    private async Task<Watched> WatchedAsync(string country, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var among = string.Join(' ', ids);
        if (_watched.TryGetValue(country, out var watched) && watched.Ids == among)
        {
            return watched;
        }

        var open = ids.ToHashSet(StringComparer.Ordinal);
        var persons = ids.Count == 0 ? [] : await ListAsync(int.MaxValue, cancellation);
        return _watched[country] = new Watched(among, persons.Where(person => open.Contains(person.Id)));
    }

    private ProtectedPerson Open(Row row)
    {
        var kept = JsonSerializer.Deserialize<Kept>(seal.Open(row.DataKey, row.Wrapped, row.Sealed), Json)!; // Ours.
        return new ProtectedPerson(row.Id, row.Origin, kept.Names, kept.Remark, row.PlacedAt, row.PlacedBy);
    }

    /// <summary>The names of those who are protected now, ready to be looked for.</summary>
    private sealed class Watched
    {
        private readonly NamesInText _sightings;
        private readonly IReadOnlyList<IReadOnlyList<string>> _words;

        public Watched(string ids, IEnumerable<ProtectedPerson> persons)
        {
            Ids = ids;
            IReadOnlyList<string> names = [.. persons.SelectMany(person => person.Names)];
            _sightings = new NamesInText(names);
            _words = [.. names.Select(SearchWords.Words)];
        }

        public string Ids { get; }

        public bool AreNamed(IEnumerable<string?> texts)
        {
            if (_words.Count == 0)
            {
                return false;
            }

            // Everything is always compared: how long it takes does not tell what was found.
            var said = texts.OfType<string>().ToList();
            var words = said.SelectMany(SearchWords.Words).ToHashSet(StringComparer.Ordinal);
            var named = false;
            foreach (var name in _words)
            {
                named |= name.Count > 0 && name.All(words.Contains);
            }

            foreach (var text in said)
            {
                named |= _sightings.Likeliest(text) >= NamesInText.Named;
            }

            return named;
        }
    }

    private sealed record Kept(IReadOnlyList<string> Names, string Remark);

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string Origin { get; init; }
        public required DateTimeOffset PlacedAt { get; init; }
        public required string PlacedBy { get; init; }
        public required string DataKey { get; init; }
        public required byte[] Sealed { get; init; }
        public required byte[] Wrapped { get; init; }
    }
}
