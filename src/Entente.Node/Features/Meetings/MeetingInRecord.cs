using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;

namespace Entente.Node.Features.Meetings;

/// <summary>
/// A meeting on whose date and place both sides agree enters the record of both, under one id; a point both agree that
/// promises something becomes a commitment, in one step.
/// </summary>
internal sealed class MeetingInRecord(RecordDesk record, TimeProvider clock) : ITextWatcher
{
    public async Task ChangedAsync(
        Transaction t,
        TextRow row,
        TextState sent,
        TextState? inForce,
        CancellationToken cancellation
    )
    {
        if (
            row.Kind != TextKinds.Meeting
            || sent.Title is not { } title
            || MeetingPlan.Read(title.Current.In(MeetingPlan.Member)) is not { } plan
        )
        {
            return;
        }

        await PlannedMeetings.SaveAsync(t, Planned(row, title, plan), cancellation);
        if (title.Settled)
        {
            await record.WithinAsync(
                t,
                row.Partner,
                async entry =>
                {
                    await EnterAsync(entry, row, plan, cancellation);
                    await PromisesAsync(entry, row, sent, plan, cancellation);
                    return true;
                },
                cancellation
            );
        }
    }

    private PlannedMeeting Planned(TextRow row, ClauseState title, MeetingPlan plan) =>
        new()
        {
            Id = row.Id,
            Partner = row.Partner,
            Country = row.Country,
            Kind = plan.Kind,
            Date = plan.Date,
            Time = plan.Time,
            Minutes = plan.Minutes,
            Place = plan.Place,
            Agreed = title.Settled,
            Proposals = title.Heads.Count,
            Sequence = title.History.Count - 1,
            UpdatedAt = clock.GetUtcNow(),
            Rank = row.Rank,
        };

    private static async Task EnterAsync(Entry entry, TextRow row, MeetingPlan plan, CancellationToken cancellation)
    {
        const string add = """
            INSERT INTO meeting (id, kind, date, sort_date, place, created_at, created_by)
            VALUES (@Id, @Kind, @Date, @Date, @Place, @At, @Actor)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, date = excluded.date, sort_date = excluded.sort_date,
                place = excluded.place
            """;
        const string partner =
            "INSERT INTO meeting_partner (meeting, country) VALUES (@Id, @Country) ON CONFLICT DO NOTHING";
        const string session =
            "INSERT INTO meeting_session (meeting, format) VALUES (@Id, @Value) ON CONFLICT DO NOTHING";
        const string domain =
            "INSERT INTO meeting_domain (meeting, domain) VALUES (@Id, @Value) ON CONFLICT DO NOTHING";
        const string people = """
            INSERT INTO participation (meeting, official, role, title) VALUES (@Id, @Official, @Role, '')
            ON CONFLICT DO NOTHING
            """;
        var t = entry.Transaction;
        await Recorder.OpenPartnersAsync(entry, [row.Country], cancellation);
        var with = new
        {
            row.Id,
            plan.Kind,
            plan.Date,
            plan.Place,
            entry.At,
            entry.Actor,
            row.Country,
        };
        await t.RunAsync(add, with, cancellation);
        await t.RunAsync(partner, with, cancellation);
        await t.RunAsync(session, plan.Sessions.Select(Value => new { row.Id, Value }), cancellation);
        var domains = plan.Agenda.Select(item => item.Domain).OfType<string>().Where(Codes.Domains.Contains).Distinct();
        await t.RunAsync(domain, domains.Select(Value => new { row.Id, Value }), cancellation);
        foreach (var (node, delegates) in plan.Delegations)
        {
            var country = node[..Math.Min(2, node.Length)].ToUpperInvariant();
            foreach (var one in delegates.Where(d => Codes.Roles.Contains(d.Role)))
            {
                var person = new AcceptedPerson(one.Name, null, one.Role, country, "");
                var official = await Officials.RecogniseAsync(entry, person, plan.Date, cancellation);
                await t.RunAsync(
                    people,
                    new
                    {
                        row.Id,
                        Official = official,
                        one.Role,
                    },
                    cancellation
                );
            }
        }

        entry.Collected("meeting", row.Id, "agreed");
    }

    private static async Task PromisesAsync(
        Entry entry,
        TextRow row,
        TextState sent,
        MeetingPlan plan,
        CancellationToken cancellation
    )
    {
        const string known = "SELECT id FROM commitment WHERE id = @Id";
        foreach (var point in sent.Clauses.Where(c => c.Settled && !c.Current.Proposed.Removed))
        {
            if (
                point.Current.Proposed.Promise is { } promise
                && await entry.Transaction.OneAsync<string>(known, new { point.Id }, cancellation) is null
            )
            {
                var commitment = new NewCommitment(
                    promise.Type,
                    point.Current.In(MeetingPlan.Point),
                    promise.Domain,
                    promise.Due,
                    row.Id,
                    null,
                    plan.Date
                )
                {
                    Id = point.Id,
                    Clause = point.Id,
                    Indicator = promise.Indicator,
                    Target = promise.Target,
                };
                await Record.Commitments.AddAsync(entry, commitment, [row.Country], "agreed", cancellation);
            }
        }
    }
}
