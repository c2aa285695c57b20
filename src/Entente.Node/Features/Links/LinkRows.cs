using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>Reads links from the database, on any connection, inside or outside a transaction.</summary>
internal static class LinkRows
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new SetConverter() },
    };

    public static string Write(LinkSettings settings) => JsonSerializer.Serialize(settings, Json);

    public static async Task<IReadOnlyList<Link>> ReadAsync(
        DbConnection connection,
        DbTransaction? transaction,
        string? partner,
        CancellationToken cancellation
    )
    {
        const string links = """
            SELECT l.partner, l.state, l.state_at, l.reason, s.json AS settings, c.jws AS card
            FROM link l
            JOIN link_card c ON c.partner = l.partner AND c.sha256 = l.card
            JOIN link_settings s ON s.partner = l.partner AND s.version = l.settings
            WHERE @Partner IS NULL OR l.partner = @Partner
            ORDER BY l.partner
            """;
        const string confirmations = """
            SELECT partner, signing_key, officer FROM link_confirmation
            WHERE @Partner IS NULL OR partner = @Partner
            ORDER BY at
            """;
        var parameters = new DynamicParameters();
        parameters.Add("Partner", partner, System.Data.DbType.String);
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(links, parameters, transaction, cancellationToken: cancellation)
        );
        var confirmed = await connection.QueryAsync<Confirmation>(
            new CommandDefinition(confirmations, parameters, transaction, cancellationToken: cancellation)
        );
        var byLink = confirmed.ToLookup(c => (c.Partner, c.SigningKey), c => c.Officer);
        return [.. rows.Select(row => ToLink(row, byLink))];
    }

    private static Link ToLink(Row row, ILookup<(string, string), string> confirmed)
    {
        var card = LinkCard.Open(row.Card).Required(); // Checked when it was accepted.
        return new Link
        {
            Partner = row.Partner,
            Country = card.Country.ToUpperInvariant(),
            Names = card.Names,
            State = row.State,
            StateAt = row.StateAt,
            Reason = row.Reason,
            Settings = JsonSerializer.Deserialize<LinkSettings>(row.Settings, Json)!, // Our own writing.
            ConfirmedBy = [.. confirmed[(row.Partner, card.SigningJwk.Thumbprint)]],
            Card = card,
        };
    }

    /// <summary>The serializer cannot make an interface; a set is written sorted, so that equal settings read equal.</summary>
    private sealed class SetConverter : JsonConverter<IReadOnlySet<string>>
    {
        public override IReadOnlySet<string>? Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => JsonSerializer.Deserialize<HashSet<string>>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, IReadOnlySet<string> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Order(StringComparer.Ordinal), options);
    }

    private sealed class Row
    {
        public required string Partner { get; init; }
        public required LinkState State { get; init; }
        public required DateTimeOffset StateAt { get; init; }
        public string? Reason { get; init; }
        public required string Settings { get; init; }
        public required string Card { get; init; }
    }

    private sealed class Confirmation
    {
        public required string Partner { get; init; }
        public required string SigningKey { get; init; }
        public required string Officer { get; init; }
    }
}
