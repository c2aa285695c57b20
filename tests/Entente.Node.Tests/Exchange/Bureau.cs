using System.Text;
using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Protection;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Tests.Exchange;

/// <summary>
/// A node with a unit, a liaison officer and an instrument on record with each partner. Messages are handed from one
/// bureau to another in one process: the wire is the delivery tests' matter.
/// </summary>
internal sealed class Bureau : IAsyncDisposable
{
    /// <summary>The agreement with a country, on the record of whoever is linked with it.</summary>
    public static string AgreementWith(string country) =>
        "0197e000-0000-7000-8000-0000000000" + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(country))[..2];

    private readonly TestStore _store;
    private readonly ServiceProvider _services;

    private Bureau(TestStore store)
    {
        _store = store;
        _services = store.Services();
        Officer = new Officer(
            "u-" + Node,
            "officer." + Node[..2],
            "Officer " + Node[..2].ToUpperInvariant(),
            "liaison",
            new HashSet<Role> { Role.Officer },
            Clearance: 2
        );
    }

    public string Node => _store.Options.Node;

    public Officer Officer { get; }

    public DateTimeOffset Now => WireTime.Round(_store.Clock.GetUtcNow());

    public Database Database => _services.GetRequiredService<Database>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<Bureau> OpenAsync(string node, string engine, TimeProvider? clock = null)
    {
        var bureau = new Bureau(await TestStore.CreateAsync(engine, clock, node));
        var unit = new Unit
        {
            Slug = "liaison",
            Names = new Dictionary<string, string> { ["fr"] = "Liaison" },
        };
        var units = bureau.Get<UnitBook>();
        await bureau.Database.WriteAsync(t => units.SaveAsync(t, unit, Officer.NodeActor, Cancellation), Cancellation);
        return bureau;
    }

    public static LinkSettings Terms { get; } =
        TestLinks.Settings with
        {
            Kinds = new HashSet<string> { Kinds.Request, Kinds.Answer, Kinds.Information, Kinds.Alert },
            ProfileId = "eu-2023-977",
            ProfileVersion = "2023-06-11",
        };

    /// <summary>An active link both ways, and an agreement on record both ways.</summary>
    public async Task LinkAsync(Bureau partner)
    {
        await _services.LinkAsync(await partner._services.CardAsync(), Terms);
        await partner._services.LinkAsync(await _services.CardAsync(), Terms);
        await RecordAsync(partner.Node[..2].ToUpperInvariant());
        await partner.RecordAsync(Node[..2].ToUpperInvariant());
    }

    /// <summary>Takes everything queued for the partner there, as the courier and the receiver do; returns how many.</summary>
    public async Task<int> HandOverAsync(Bureau partner, DateTimeOffset? at = null)
    {
        const string sql = """
            SELECT id FROM message WHERE direction = 'out' AND state = 'queued' AND partner = @Partner ORDER BY at, id
            """;
        await Get<AnswerRelease>().ReleaseAsync(DateTimeOffset.MaxValue, Cancellation); // Whenever their moment is.
        var ids = await Database.ReadAsync(
            c => c.ListAsync<string>(sql, new { Partner = partner.Node }, Cancellation),
            Cancellation
        );
        foreach (var id in ids)
        {
            var opened = (await Get<MessageStore>().OpenAsync(id, Cancellation))!; // It was just listed.
            var received = at ?? Now;
            var reason = await partner.ReceiveAsync(opened.Message, received);
            await Database.WriteAsync(t => SettleAsync(t, id, received, reason), Cancellation);
        }

        await Get<KeptDelivery>().LookAsync(Cancellation);
        return ids.Count;
    }

    public Task<RequestRow> RowAsync(string id)
    {
        const string sql = $"SELECT {RequestRow.Columns} FROM request r WHERE r.id = @Id";
        return Database.ReadAsync(
            async c => (await c.OneAsync<RequestRow>(sql, new { Id = id }, Cancellation))!, // A test that asks expects it.
            Cancellation
        );
    }

    public Task<long> CountAsync(string table)
    {
        const string messages = "SELECT COUNT(*) FROM message";
        const string decisions = "SELECT COUNT(*) FROM decision";
        return Database.ReadAsync(
            c => c.OneAsync<long>(table == "message" ? messages : decisions, null, Cancellation),
            Cancellation
        );
    }

    public Task<IReadOnlyList<string>> LedgerAsync(string action)
    {
        const string sql = "SELECT why FROM ledger_leaf WHERE action = @Action ORDER BY idx";
        return Database.ReadAsync(c => c.ListAsync<string>(sql, new { Action = action }, Cancellation), Cancellation);
    }

    /// <summary>The object and action of one leaf.</summary>
    public Task<string?> LeafAsync(long? index)
    {
        const string sql = "SELECT object || ' ' || action FROM ledger_leaf WHERE idx = @Index";
        return Database.ReadAsync(c => c.OneAsync<string>(sql, new { Index = index }, Cancellation), Cancellation);
    }

    /// <summary>Leaves this side of a link one domain only.</summary>
    public Task NarrowAsync(string partner, string domain)
    {
        const string sql = "UPDATE link_settings SET json = @Json WHERE partner = @Partner";
        var json = JsonSerializer.Serialize(
            Terms with
            {
                Domains = new HashSet<string> { domain },
            },
            JsonSerializerOptions.Web
        );
        return Database.WriteAsync(
            async t =>
            {
                await t.RunAsync(sql, new { Partner = partner, Json = json }, Cancellation);
                await Get<LinkDirectory>().ChangeAsync(t, Cancellation);
            },
            Cancellation
        );
    }

    public Task<string?> ReceiveAsync(Message message, DateTimeOffset at) =>
        Database.WriteAsync(
            async t =>
            {
                var incoming = new IncomingMessage(message);
                foreach (var reception in _services.GetServices<IReception>())
                {
                    await reception.AcceptAsync(t, [incoming], at, Cancellation);
                    if (incoming.Refusal is { } reason)
                    {
                        return reason;
                    }
                }

                await KeepAsync(t, message, at);
                return null;
            },
            Cancellation
        );

    private async Task KeepAsync(Transaction t, Message message, DateTimeOffset at)
    {
        const string sql = """
            INSERT INTO message (id, partner, direction, seq, kind, case_id, reply_to, from_unit, to_unit, sent, at,
                priority, state, state_at, delivered, classification_rank, handling, line_sha256, leaf, data_key, sealed)
            VALUES (@Id, @Partner, 'in', 1, @Kind, @Case, @ReplyTo, @FromUnit, @ToUnit, @Sent, @At,
                1, 'received', @At, @At, @Rank, @Handling, '', @Leaf, @DataKey, @Sealed)
            """;
        var received = new LedgerEvent(
            message.From.Node.ToString(),
            LedgerAction.Receive,
            $"message:{message.Id}",
            message.Kind,
            Link: message.From.Node.ToString()
        );
        var leaf = await Get<LedgerLog>().AppendAsync(t, received, Cancellation);
        var content = await Get<ContentSeal>().SealAsync(t, message.ToLine(), Cancellation);
        var values = new
        {
            Id = message.Id.ToString(),
            Partner = message.From.Node.ToString(),
            message.Kind,
            Case = message.Case.ToString(),
            ReplyTo = message.ReplyTo?.ToString(),
            FromUnit = message.From.Unit,
            ToUnit = message.To.Unit,
            message.Sent,
            At = at,
            message.Classification.Rank,
            Handling = string.Join(',', message.Handling),
            Leaf = leaf,
            content.DataKey,
            Sealed = content.Bytes,
        };
        await t.RunAsync(sql, values, Cancellation);
        foreach (var reception in _services.GetServices<IReception>())
        {
            await reception.KeptAsync(t, [new KeptMessage(message, leaf)], at, Cancellation);
        }
    }

    private async Task SettleAsync(Transaction t, string id, DateTimeOffset at, string? reason)
    {
        const string sql = "UPDATE message SET state = @State, delivered = @At WHERE id = @Id";
        var values = new
        {
            Id = id,
            At = at,
            State = reason is null ? "delivered" : "rejected",
        };
        await t.RunAsync(sql, values, Cancellation);
        foreach (var watcher in _services.GetServices<IDeliveryWatcher>())
        {
            await watcher.DeliveredAsync(t, [new DeliveredMessage(id, at, reason)], Cancellation);
        }
    }

    private Task RecordAsync(string country) => RecordAsync(Database, country);

    /// <summary>An agreement with the country on a node's record.</summary>
    public static Task RecordAsync(Database database, string country)
    {
        const string instrument = """
            INSERT INTO instrument (id, type, title, status, date, sort_date, created_at, created_by)
            VALUES (@Id, 'agreement', 'Agreement of the example', 'signed', '2019', '2019', 0, 'node')
            """;
        const string partner = "INSERT INTO instrument_partner (instrument, country) VALUES (@Id, @Country)";
        return database.WriteAsync(
            async t =>
            {
                var id = AgreementWith(country);
                await t.RunAsync(instrument, new { Id = id }, Cancellation);
                await t.RunAsync(partner, new { Id = id, Country = country }, Cancellation);
            },
            Cancellation
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }
}
