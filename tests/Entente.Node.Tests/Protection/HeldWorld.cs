using System.IO.Compression;
using System.Text.RegularExpressions;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;
using static Entente.Node.Tests.Exchange.Offices;

namespace Entente.Node.Tests.Protection;

/// <summary>Madrid, where somebody is protected from Rabat, and one who has every role there but the protection's.</summary>
internal sealed partial class HeldWorld(TestNode rabat, TestNode madrid) : IAsyncDisposable
{
    private const string Person = "Exemple Protégée";

    private BrowserlessClient _officer = null!; // Set by BeginAsync.
    private string _case = "";
    private string _written = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every address that answers to GET, with what is about the case and what was written in it.</summary>
    public IReadOnlyList<string> Paths =>
        [
            .. HeldPaths.All(madrid.Services, Login, _case, _written),
            "/inbox?show=all",
            "/inbox?show=all&words=Protégée",
            "/outbox?show=all",
            "/ledger?link=ma.interieur",
            $"/ledger?object=message:{_written}",
            "/ledger/export?format=csv",
            "/ledger/export?format=jsonl&link=ma.interieur",
        ];

    public static async Task<HeldWorld> BeginAsync(string sheltered)
    {
        var rabat = await TestNode.StartAsync("ma.interieur");
        var madrid = await TestNode.StartAsync("es.interior");
        await LinkAsync(rabat, madrid);
        await Bureau.RecordAsync(madrid.Database, "MA");
        var world = new HeldWorld(rabat, madrid);
        using var asking = await SignedInAsync(rabat);
        world._officer = await SignedInAsync(madrid, Role.Supervisor, Role.Auditor, Role.Desk, Role.Security);
        var desk = madrid.Services.GetRequiredService<ProtectionDesk>();
        (await desk.PlaceAsync(People.Protection, sheltered, "MA", null, Cancellation)).ShouldBeNull();
        world._case = await AskAsync(asking, About(Person));
        await UntilAsync(world._officer, "/inbox", "Essai de bout en bout");
        return world;
    }

    /// <param name="what">An outcome of an answer, or a request of our own.</param>
    public async Task WriteAsync(string what)
    {
        if (what == "request")
        {
            await RequestAsync();
        }
        else
        {
            await Offices.AnswerAsync(
                _officer,
                _case,
                what == "provided" ? Provided : [new("action", "send"), new("outcome", what)]
            );
            _written = (await OneAsync<string>("SELECT answer_id FROM request"))!; // It was just answered.
        }

        const string delivered = """
            SELECT (SELECT COUNT(*) FROM message WHERE id = @Id AND delivered IS NOT NULL)
                + (SELECT COUNT(*) FROM kept_draft WHERE message = @Id AND delivered IS NOT NULL)
            """;
        await TestNode.WaitUntilAsync(async () =>
            await madrid.Database.ReadAsync(
                c => c.OneAsync<long>(delivered, new { Id = _written }, Cancellation),
                Cancellation
            ) > 0
        );
    }

    /// <summary>The moment of whatever waits has come, and it is with the partner.</summary>
    public async Task ReleaseAsync()
    {
        const string waiting = "SELECT COUNT(*) FROM message WHERE state IN ('queued', 'sealed')";
        await madrid.Services.GetRequiredService<AnswerRelease>().ReleaseAsync(DateTimeOffset.MaxValue, Cancellation);
        await TestNode.WaitUntilAsync(async () => await OneAsync<long>(waiting) == 0);
    }

    /// <summary>The next day's account of the link. Returns how many leaves it wrote.</summary>
    public async Task<int> DayAsync()
    {
        // As if the link had been looked at long ago.
        const string earlier = "UPDATE quiet_day SET day = '2026-01-01'";
        var days = madrid.Services.GetRequiredService<QuietDays>();
        await days.AccountAsync(Cancellation);
        await madrid.Database.WriteAsync(t => t.RunAsync(earlier, new { }, Cancellation), Cancellation);
        return await days.AccountAsync(Cancellation);
    }

    /// <summary>The page or file but for ids, hashes, times and what protects the form.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var answer = await _officer.Http.GetAsync(path, Cancellation);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        var text = await TextAsync(body, answer.Content.Headers.ContentType?.MediaType);
        return $" {(int)answer.StatusCode} {Times().Replace(Own().Replace(text, "#"), "@")}";
    }

    private static async Task<string> TextAsync(Stream body, string? type)
    {
        if (type?.Contains("openxml", StringComparison.Ordinal) == true)
        {
            using var word = new ZipArchive(body, ZipArchiveMode.Read);
            using var content = new StreamReader(word.GetEntry("word/document.xml")!.Open()); // Every such file has it.
            return await content.ReadToEndAsync(Cancellation);
        }

        using var reader = new StreamReader(body);
        return await reader.ReadToEndAsync(Cancellation);
    }

    /// <summary>Everything that stands in the ledger but for ids, hashes and times.</summary>
    public Task<IReadOnlyList<string>> LedgerAsync()
    {
        const string sql = """
            SELECT action || ' ' || actor || ' ' || substr(object, 1, 6) || ' ' || why || ' ' || COALESCE(link, '')
            FROM ledger_leaf ORDER BY idx
            """;
        return madrid.Database.ReadAsync(c => c.ListAsync<string>(sql, null, Cancellation), Cancellation);
    }

    public Task<long> HeldAsync() => OneAsync<long>("SELECT COUNT(*) FROM kept_draft WHERE held");

    private async Task RequestAsync()
    {
        var officer = new Officer(
            "u-essai",
            Login,
            "Officier d’essai",
            "liaison",
            new HashSet<Role> { Role.Officer },
            2
        );
        var draft = Drafts.Request("ma.interieur") with
        {
            Subjects = [new SubjectDraft(SubjectType.Person, Person) { Category = "suspect" }],
            Safeguards = Drafts.Transfer,
        };
        var sent = await madrid.Services.GetRequiredService<RequestDesk>().SendAsync(officer, draft, Cancellation);
        sent.ShouldBeOfType<SendResult.Sent>($"{(sent as SendResult.Refused)?.Decision}");
        (_written, _case) = (SendResult.Sent)sent;
    }

    private Task<T?> OneAsync<T>(string sql) =>
        madrid.Database.ReadAsync(c => c.OneAsync<T>(sql, null, Cancellation), Cancellation);

    [GeneratedRegex(
        """[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{28}\b|[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{8}\b|CfDJ8[\w-]+|eyJ[\w.-]+|127\.0\.0\.1:\d+|(?<![\w-])[\w-]{43}(?![\w-])|[\w-]{12}…|(\d{5} )+(\d{5}|…)|(?<=>)\d{5}(?=<)|\bR[0-9a-f]{16}\b"""
    )]
    private static partial Regex Own();

    [GeneratedRegex("""<time[^>]*>[^<]*</time>|\d{4}-\d\d-\d\d[T\d:.Z+-]*|\d\d?:\d\d(:\d\d)?""")]
    private static partial Regex Times();

    public async ValueTask DisposeAsync()
    {
        _officer.Dispose();
        await rabat.DisposeAsync();
        await madrid.DisposeAsync();
    }
}
