using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Ledger;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Guard.Explained;

/// <summary>
/// What the guard would say. Nothing is made, sent or recorded as a refusal; that somebody tried is a consultation in the
/// ledger, because the answer may say who is protected.
/// </summary>
internal sealed class WhatIf(
    Database database,
    DisclosureGuard guard,
    UseDoor door,
    LeavingFacts leaving,
    LinkDirectory links,
    LegalProfiles profiles,
    RecordBook record,
    ActiveOfficers officers,
    LedgerLog ledger
)
{
    public Task<IReadOnlyList<Link>> LinksAsync(CancellationToken cancellation) => links.ListAsync(cancellation);

    public async Task<Decision?> TryAsync(Officer guardian, Tried tried, CancellationToken cancellation)
    {
        var leaf = new LedgerEvent(guardian.Login, LedgerAction.Consult, "guard:rules", "tried");
        await database.WriteAsync(t => ledger.AppendAsync(t, leaf, cancellation), cancellation);
        var officer = tried.Login.Length == 0 ? guardian : await officers.FindAsync(tried.Login, cancellation);
        if (officer is null)
        {
            return null;
        }

        if (tried.Message.Length > 0)
        {
            var decided = await door.DecideAsync(officer, tried.Act, [tried.Message], tried.Partner, cancellation);
            return decided.GetValueOrDefault(tried.Message);
        }

        return await guard.DecideAsync(await FactsAsync(officer, tried, cancellation), cancellation);
    }

    private async Task<Disclosure> FactsAsync(Officer officer, Tried tried, CancellationToken cancellation)
    {
        var link = await links.FindAsync(tried.Partner, cancellation);
        var bases = link is null ? [] : await record.BasesAsync(link.Country, cancellation);
        var profile = link is null ? null : profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion);
        var told = tried.Kind is Kinds.Information or Kinds.Alert or Kinds.Answer;
        var disclosure = new Disclosure
        {
            Act = tried.Act,
            Officer = officer,
            Kind = tried.Kind,
            Partner = tried.Partner,
            Link = link,
            Profile = profile,
            Domain = tried.Domain,
            // What the form does not ask for is taken as it should be.
            Purpose = "-",
            Basis = bases.Count > 0 ? bases[0].Id : null,
            AnsweredBasis = "-",
            InForce = bases,
            Rank = tried.Rank,
            Handling = tried.Handling,
            HandlingText = "-",
            Contents = (profile?.RequestContents ?? []).Select(content => content.Code).ToHashSet(),
            GivesInformation = told,
            Reliability = profile?.Evaluation.Reliability[0].Code,
            Accuracy = profile?.Evaluation.Accuracy[0].Code,
            Reason = "-",
            Persons =
                tried.Category.Length == 0 ? [] : [new DisclosedPerson(tried.Category, tried.Category == "minor")],
        };
        var safeguards = new Safeguards
        {
            TransferGround = tried.Ground,
            TransferReason = new string('-', Rules.TransferGroundRule.ShortestReason),
        };
        return await leaving.CompleteAsync(disclosure, safeguards, [tried.Text], cancellation);
    }
}
