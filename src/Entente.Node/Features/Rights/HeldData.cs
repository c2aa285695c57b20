using System.Diagnostics;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Rights;

/// <summary>
/// All that is held on a named person, as far as its reader may see it. What names somebody who is protected is not among
/// it, for any reader, and takes the same time: what is found and what is hidden cannot be told from nothing.
/// </summary>
internal sealed class HeldData(
    RequestSearch search,
    TextIndex texts,
    MessageFollower follower,
    SearchWords words,
    SeenMessages messages,
    ProtectionBook protection,
    UseDoor door,
    Database database,
    LedgerLog ledger
)
{
    private const int MostPages = 20;
    private const int MostTexts = 500;

    /// <summary>Answers come at multiples of this.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    public async Task<IReadOnlyList<HeldItem>> FindAsync(
        Officer officer,
        string request,
        string name,
        CancellationToken cancellation
    )
    {
        var began = Stopwatch.GetTimestamp();
        var consult = new LedgerEvent(officer.Login, LedgerAction.Consult, $"rights:{request}", "rights-search");
        await database.WriteAsync(t => ledger.AppendAsync(t, consult, cancellation), cancellation);
        var items = await ItemsAsync(Everywhere(officer), name, cancellation);
        var took = Stopwatch.GetElapsedTime(began);
        await Task.Delay(Beat - TimeSpan.FromTicks(took.Ticks % Beat.Ticks), TimeProvider.System, cancellation);
        return items;
    }

    /// <summary>A data-protection officer answers for all units, as far as they are cleared.</summary>
    private static Officer Everywhere(Officer officer) =>
        officer.Is(Role.Protection)
            ? officer with
            {
                Roles = officer.Roles.Append(Role.Supervisor).ToHashSet(),
            }
            : officer;

    private async Task<IReadOnlyList<HeldItem>> ItemsAsync(Officer officer, string name, CancellationToken cancellation)
    {
        var wanted = words.Hashes([name]).ToHashSet();
        if (wanted.Count == 0)
        {
            return [];
        }

        var items = new List<HeldItem>();
        var filter = new ListFilter { Show = "all", Words = name };
        PageKey? before = null;
        for (var page = 0; page < MostPages; page++)
        {
            var rows = await search.FindAsync(officer, filter, null, before, cancellation);
            items.AddRange(
                await OpenAsync(
                    officer,
                    [.. rows.Take(RequestLists.PageSize).Select(row => row.Id)],
                    wanted,
                    cancellation
                )
            );
            if (rows.Count <= RequestLists.PageSize)
            {
                break;
            }

            before = new PageKey(rows[RequestLists.PageSize - 1].Sent, rows[RequestLists.PageSize - 1].Id);
        }

        var there = items.Select(item => item.Opened.Stored.Id).ToHashSet(StringComparer.Ordinal);
        await follower.FollowAsync(cancellation);
        var named = await texts.FindAsync(name, MostTexts, cancellation);
        items.AddRange(await OpenAsync(officer, [.. named.Where(id => !there.Contains(id))], wanted, cancellation));
        return [.. items.OrderByDescending(item => item.Opened.Stored.Sent)];
    }

    private async Task<IReadOnlyList<HeldItem>> OpenAsync(
        Officer officer,
        IReadOnlyList<string> ids,
        IReadOnlySet<long> wanted,
        CancellationToken cancellation
    )
    {
        var seen = await door.AllowedAsync(officer, DisclosureAct.View, ids, null, cancellation);
        var leaves = await door.AllowedAsync(officer, DisclosureAct.Export, ids, null, cancellation);
        var opened = await messages.OpenAsync([.. ids.Where(seen.Contains)], cancellation);
        var items = new List<HeldItem>();
        foreach (var id in ids.Where(opened.ContainsKey))
        {
            var message = opened[id].Message;
            var said = TextNames.Texts(message);
            var shielded = await protection.NamesAnyAsync(Projection.Texts(message).Concat(said), cancellation);
            var data = message.Subjects?.Where(subject => IsMeant(subject, wanted)).ToList() ?? [];
            var passages = wanted.IsSubsetOf(words.Hashes(said))
                ? TextNames.Passages(said, wanted, text => words.Hashes([text]))
                : [];
            if (!shielded && data.Count + passages.Count > 0)
            {
                items.Add(new HeldItem(opened[id], data, passages, leaves.Contains(id)));
            }
        }

        return items;
    }

    /// <summary>A person of that very name; more words in the message's spelling do no harm.</summary>
    private bool IsMeant(Subject subject, IReadOnlySet<long> wanted) =>
        subject.Type == SubjectType.Person
        && subject.Properties.TryGetValue("name", out var names)
        && names.Any(spelling => wanted.IsSubsetOf(words.Hashes([spelling])));
}

/// <param name="Data">What is said of the person, and of nobody else.</param>
/// <param name="Passages">What texts say, in the sentences that name the person.</param>
/// <param name="MayLeave">The guard does not stand against communicating it.</param>
public sealed record HeldItem(
    OpenedMessage Opened,
    IReadOnlyList<Subject> Data,
    IReadOnlyList<string> Passages,
    bool MayLeave
)
{
    /// <summary>All that is said of the person in it.</summary>
    public IReadOnlyList<string> Said =>
        [.. Data.SelectMany(subject => subject.Properties.SelectMany(p => p.Value)).Distinct(), .. Passages];
}
