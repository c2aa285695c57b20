using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Retention.Registers;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Web;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Rights;

/// <summary>Takes what persons ask, prepares the answer, has it approved by somebody else, and records that it went.</summary>
internal sealed class RightsDesk(
    Database database,
    RightsBook book,
    HeldData held,
    LetterWriter letters,
    ApprovalDesk approvals,
    RegisterPeriods periods,
    ContentSeal seal,
    LedgerLog ledger,
    Ids ids,
    TimeProvider clock
)
{
    public const int LongestText = 2000;

    /// <summary>Without undue delay; where national law sets no shorter time, a month.</summary>
    public const int Months = 1;

    public async Task<(string? Id, RightsError? Error)> RecordAsync(
        Officer officer,
        string kind,
        string language,
        DateTimeOffset received,
        RightsFacts facts,
        CancellationToken cancellation
    )
    {
        if (
            !RightsRequest.Kinds.Contains(kind)
            || !LabelBook.Languages.Contains(language)
            || facts.Name.Length == 0
            || received > clock.GetUtcNow()
            || new[] { facts.Name, facts.Born, facts.Address, facts.Asked }.Any(text => text.Length > LongestText)
        )
        {
            return (null, new RightsError.FactsMissing());
        }

        const string sql = """
            INSERT INTO rights_request (id, kind, language, received_at, due_at, recorded_by, state, open, data_key, sealed)
            VALUES (@Id, @Kind, @Language, @Received, @Due, @By, 'open', TRUE, @DataKey, @Sealed)
            """;
        var id = ids.New();
        await database.WriteAsync(
            async t =>
            {
                var content = await seal.SealAsync(t, Bytes(facts), cancellation);
                var values = new
                {
                    Id = id,
                    Kind = kind,
                    Language = language,
                    Received = received,
                    Due = received.AddMonths(Months),
                    By = officer.Login,
                    content.DataKey,
                    Sealed = content.Bytes,
                };
                await t.RunAsync(sql, values, cancellation);
                await LedgerAsync(t, officer.Login, id, $"rights-asked:{kind}", cancellation);
            },
            cancellation
        );
        return (id, null);
    }

    /// <summary>Writes the letter and asks a second person, a data-protection officer, to approve it.</summary>
    public async Task<(string? Approval, RightsError? Error)> PrepareAsync(
        Officer officer,
        string id,
        RightsAnswer answer,
        string reason,
        CancellationToken cancellation
    )
    {
        var file = await book.FindAsync(id, cancellation);
        if (file is not { Request.State: RightsRequest.Open })
        {
            return (null, file is null ? new RightsError.Unknown() : new RightsError.NotOpen());
        }

        // What it is about is looked for again: the form may say anything.
        var found = await held.FindAsync(officer, id, file.Facts.Name, cancellation);
        IReadOnlyList<HeldItem> chosen = [.. found.Where(item => answer.Messages.Contains(item.Opened.Stored.Id))];
        if (Fault(file.Request, answer, chosen) is { } fault)
        {
            return (null, fault);
        }

        var letter = letters.Write(file, answer, chosen);
        var kept = answer with { Messages = [.. chosen.Select(item => item.Opened.Stored.Id)] };
        var ask = new ApprovalRequest(
            RightsLetterApproval.Name,
            $"rights:{id}",
            null,
            // Whoever approves reads what the letter tells.
            chosen.Select(item => item.Opened.Stored.ClassificationRank).DefaultIfEmpty().Max(),
            ["rights"],
            [Role.Protection],
            new ApprovalContent(
                letter.Subject,
                reason.Trim(),
                letter.Text,
                JsonSerializer.Serialize(new ApprovedAnswer(id, kept, letter), RightsBook.Json)
            )
        );
        return await database.WriteAsync<(string?, RightsError?)>(
            async t =>
            {
                const string sql = """
                    UPDATE rights_request SET state = 'waiting', approval = @Approval WHERE id = @Id AND state = 'open'
                    """;
                var approval = await approvals.AskAsync(t, officer, ask, cancellation);
                await t.RunAsync(sql, new { Id = id, Approval = approval }, cancellation);
                return (approval, null);
            },
            cancellation
        );
    }

    private static RightsError? Fault(RightsRequest request, RightsAnswer answer, IReadOnlyList<HeldItem> chosen) =>
        answer.Outcome switch
        {
            RightsAnswer.None => null,
            RightsAnswer.Refused when RightsAnswer.Grounds.Contains(answer.Ground) => null,
            RightsAnswer.Provided when request.Kind == RightsRequest.Access && chosen.Count > 0 => chosen.All(item =>
                item.MayLeave
            )
                ? null
                : new RightsError.MayNotLeave(),
            RightsAnswer.Done when request.Kind != RightsRequest.Access && chosen.Count > 0 => null,
            _ => new RightsError.AnswerMissing(),
        };

    /// <summary>The letter has gone by post, or was handed over.</summary>
    public Task<RightsError?> SentAsync(Officer officer, string id, CancellationToken cancellation) =>
        database.WriteAsync<RightsError?>(
            async t =>
            {
                const string sql = """
                    UPDATE rights_request SET state = 'sent', open = FALSE, sent_at = @At, review_at = @ReviewAt, erase_at = @EraseAt
                    WHERE id = @Id AND state = 'ready' AND COALESCE(release_at, 0) <= @At
                    """;
                var at = clock.GetUtcNow();
                var values = new
                {
                    Id = id,
                    At = at,
                    ReviewAt = periods.Review(at),
                    EraseAt = periods.Erase(at),
                };
                if (await t.RunAsync(sql, values, cancellation) == 0)
                {
                    return new RightsError.NotReady();
                }

                await LedgerAsync(t, officer.Login, id, "rights-letter-sent", cancellation);
                return null;
            },
            cancellation
        );

    /// <summary>A data-protection officer finds that the reason of a restriction has ceased.</summary>
    public Task<RightsError?> LiftAsync(Officer officer, string id, CancellationToken cancellation) =>
        database.WriteAsync<RightsError?>(
            async t =>
            {
                if (await Restrictions.LiftAsync(t, id, officer.Login, clock.GetUtcNow(), cancellation) == 0)
                {
                    return new RightsError.NotRestricted();
                }

                await LedgerAsync(t, officer.Login, id, "rights-restriction-lifted", cancellation);
                return null;
            },
            cancellation
        );

    private Task LedgerAsync(Transaction t, string actor, string id, string why, CancellationToken cancellation) =>
        ledger.AppendAsync(t, new LedgerEvent(actor, LedgerAction.Decide, $"rights:{id}", why), cancellation);

    internal static byte[] Bytes(RightsFacts facts) => JsonSerializer.SerializeToUtf8Bytes(facts, RightsBook.Json);
}

/// <summary>What the approval carries: the answer and the very letter that was approved.</summary>
internal sealed record ApprovedAnswer(string Request, RightsAnswer Answer, Letter Letter);
