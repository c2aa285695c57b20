using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Evidence;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>Looks at everything a node shows, and holds it against the oracle.</summary>
internal sealed class Eyes(World world, Chance chance)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string _last = "";

    /// <summary>Pages looked at, and contents that were shown.</summary>
    public (int Pages, int Shown) Seen { get; private set; }

    /// <summary>Several people look at once, each at one page about one content.</summary>
    public async Task LookAsync(IReadOnlyList<Item> items, int looks, string after)
    {
        if (items.Count == 0)
        {
            return;
        }

        // Drawn before anybody looks: the same seed looks at the same.
        var drawn = Enumerable.Range(0, looks).Select(_ => Draw(items)).ToList();
        var seen = await Task.WhenAll(drawn.Select(look => look.Reader.LookAsync(look.Path)));
        foreach (var (look, (status, body)) in drawn.Zip(seen))
        {
            await CheckAsync(look, status, body, after);
        }
    }

    private Look Draw(IReadOnlyList<Item> items)
    {
        var house = Pick(world.Houses);
        var reader = Pick(house.Readers);
        var item = Pick(items);
        return new Look(house, reader, item, Path(house, item));
    }

    private async Task CheckAsync(Look look, int status, byte[] body, string after)
    {
        var (house, reader, item, path) = look;
        _last = path;
        var officer = await reader.NowAsync();
        if (
            item.Kind == "text"
            && status == 200
            && Canary.In(body).Count > 0
            && (path.EndsWith(".docx", StringComparison.Ordinal) || path.EndsWith("/print", StringComparison.Ordinal))
        )
        {
            await LedgeredAsync(house, officer.Login, "disclose", $"text:{item.Case}", link: null);
        }

        var searched = path.Contains("q=", StringComparison.Ordinal);
        var shown = Canary.In(body).Where(token => !searched || token != item.Token).ToList();
        foreach (var token in shown)
        {
            var held = path.StartsWith("/rights", StringComparison.Ordinal);
            var said = world.Oracle.Of(token);
            var why = held
                ? world.Oracle.ForbidsHeld(house.Id, officer, said)
                : world.Oracle.Forbids(house.Id, officer, said);
            why.ShouldBeNull($"{officer.Login} was shown {token} on {path} of {house.Id}, after: {after}");
        }

        if (searched && world.Oracle.Forbids(house.Id, officer, item) is { } hidden)
        {
            // The word alone would tell that it is in there.
            Encoding
                .UTF8.GetString(body)
                .Contains($"/cases/{item.Case}", StringComparison.Ordinal)
                .ShouldBeFalse($"{officer.Login} found {item.Token} on {house.Id} ({hidden}), after: {after}");
        }

        var opens =
            path.StartsWith("/cases/", StringComparison.Ordinal)
            && !path.Contains("/files/", StringComparison.Ordinal)
            && !Takes(path);
        if ((opens || path.StartsWith("/compose", StringComparison.Ordinal)) && status == 200 && shown.Count > 0)
        {
            await LedgeredAsync(house, officer.Login, "consult", $"case:{item.Case}", link: null);
        }

        if (path.Contains("/files/", StringComparison.Ordinal) && shown.Count > 0)
        {
            await LedgeredAsync(house, officer.Login, "consult", $"message:{item.Message}", link: null);
        }

        if (Takes(path) && status == 200 && shown.Contains(item.Token))
        {
            var link = house.Id == item.From ? item.To : item.From;
            await LedgeredAsync(house, officer.Login, "disclose", $"message:{item.Message}", link);
            world
                .Oracle.ForbidsTaking(house.Id, officer, item)
                .ShouldBeNull($"{officer.Login} took {item.Token} out of {house.Id} by {path}, after: {after}");
        }

        Seen = (Seen.Pages + 1, Seen.Shown + shown.Count);
    }

    /// <summary>One person takes one content out as evidence, where they may.</summary>
    public async Task ProveAsync(IReadOnlyList<Item> items, string after)
    {
        var sent = items.Where(item => item.Message.Length > 0).ToList();
        if (sent.Count == 0)
        {
            return;
        }

        var item = Pick(sent);
        var house = world[Pick(item.From, item.To)];
        var officer = await Pick(house.Readers).NowAsync();
        if (!officer.Is(Role.Officer) && !officer.Is(Role.Supervisor))
        {
            return; // The door is closed to them.
        }

        var made = await house.Get<EvidenceDesk>().MakeAsync(officer, item.Message, evenIncomplete: true, Cancellation);
        if (made is not EvidenceResult.Made file)
        {
            return;
        }

        var taken = Canary.In(file.File.ToJson());
        // Where it was held, what has its number says nothing.
        if (!item.Held || taken.Contains(item.Token))
        {
            world
                .Oracle.ForbidsProof(house.Id, officer, item)
                .ShouldBeNull($"{officer.Login} took {item.Token} out of {house.Id}, after: {after}");
        }

        foreach (var other in taken.Except([item.Token]))
        {
            world
                .Oracle.Forbids(house.Id, officer, world.Oracle.Of(other))
                .ShouldBeNull($"{officer.Login} took {other} out with {item.Token}, after: {after}");
        }

        var link = house.Id == item.From ? item.To : item.From;
        await LedgeredAsync(house, officer.Login, "disclose", $"message:{item.Message}", link);
    }

    /// <summary>No file of a node, no line it logged and no leaf holds a content; every leaf says who, when, why and to whom.</summary>
    public async Task SweepAsync(string after)
    {
        var prefix = Encoding.UTF8.GetBytes(Canary.Prefix);
        foreach (var house in world.Houses)
        {
            foreach (var (file, bytes) in house.Kept())
            {
                bytes.AsSpan().IndexOf(prefix).ShouldBe(-1, $"{file} of {house.Id} holds a content, after: {after}");
            }

            house
                .TakeLog()
                .FirstOrDefault(line => line.Contains(Canary.Prefix, StringComparison.Ordinal))
                .ShouldBeNull();
            const string bare = """
                SELECT COUNT(*) FROM ledger_leaf
                WHERE actor = '' OR why = '' OR object = '' OR at = 0 OR (action = 'disclose' AND object LIKE 'message:%' AND link IS NULL)
                """;
            var count = await house.Node.Database.ReadAsync(
                c => c.OneAsync<long>(bare, null, Cancellation),
                Cancellation
            );
            count.ShouldBe(0, $"a leaf of {house.Id} leaves something out, after: {after}");
        }
    }

    /// <summary>Who, what and, where it went out, to whom: the leaf is there.</summary>
    public async Task LedgeredAsync(House house, string actor, string action, string what, string? link)
    {
        const string sql = """
            SELECT COUNT(*) FROM ledger_leaf
            WHERE actor = @Actor AND action = @Action AND object = @What AND (@Link = '' OR link = @Link)
            """;
        var with = new
        {
            Actor = actor,
            Action = action,
            What = what,
            Link = link ?? "",
        };
        var count = await house.Node.Database.ReadAsync(c => c.OneAsync<long>(sql, with, Cancellation), Cancellation);
        count.ShouldBeGreaterThan(0, $"{house.Id} has no leaf: {actor} {action} {what} {link} {_last}");
    }

    /// <summary>A file or paper: no rule follows it.</summary>
    private static bool Takes(string path) =>
        path.Contains("/print/", StringComparison.Ordinal) || path.EndsWith("/word", StringComparison.Ordinal);

    private string Path(House house, Item item)
    {
        if (item.Kind == "text")
        {
            return Pick(
                $"/texts/{item.Case}",
                $"/texts/{item.Case}/text.docx",
                $"/texts/{item.Case}/print",
                "/texts",
                $"/briefing/{item.To[..2].ToUpperInvariant()}"
            );
        }

        if (item.Kind == "rights")
        {
            return Pick($"/rights/{item.Case}", $"/rights/{item.Case}/letter", "/rights");
        }

        var other = house.Id == item.From ? item.To : item.From;
        return chance.Next(0, 30) switch
        {
            0 or 1 or 2 or 3 or 4 or 5 => $"/cases/{item.Case}",
            6 or 7 => $"/cases?show=all&q={item.Token}",
            8 => "/inbox?show=all",
            9 => "/outbox?show=all",
            10 => $"/inbox?show=all&q={item.Token}",
            11 => $"/transfers/{Or(item.Message)}",
            12 => $"/transfers/{Or(item.Message)}/word",
            13 => $"/cases/{item.Case}/evidence/{Or(item.Message)}",
            14 => $"/briefing/{other[..2].ToUpperInvariant()}/briefing.docx",
            15 => $"/briefing/{other[..2].ToUpperInvariant()}",
            16 => "/statistics/2026.csv",
            17 => "/ledger/export?format=csv",
            18 => "/ledger",
            19 => $"/cases/{item.Case}/files/{Or(item.Message)}/0",
            20 => $"/cases/{item.Case}/answer?request={Or(item.Message)}",
            21 => $"/compose?to=liaison@{other}&forward={Or(item.Message)}",
            22 => $"/cases/{item.Case}/correct/{Or(item.Message)}",
            23 => Pick("/corrections", "/rights", "/rules/profiles"),
            25 => $"/cases/{item.Case}/clock?request={Or(item.Message)}&step=ask",
            26 or 27 => $"/cases/{item.Case}/print/{Or(item.Message)}",
            24 => $"/record/{other[..2].ToUpperInvariant()}",
            _ => Pick("/", "/approvals", "/transfers", "/retention", "/protection/gates", "/commitments", "/account"),
        };
    }

    private static string Or(string message) => message.Length == 0 ? Guid.Empty.ToString() : message;

    private T Pick<T>(params IReadOnlyList<T> among) => among[chance.Next(0, among.Count)];

    private sealed record Look(House House, Reader Reader, Item Item, string Path);
}
