using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Features.Transfers;
using Entente.Node.Ledger;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;
using Transfer = Entente.Node.Features.Transfers.Transfer;

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
    AccountList accounts,
    TransferBook transfers,
    LedgerLog ledger
)
{
    private const int MostPeople = 200;

    public Task<IReadOnlyList<Link>> LinksAsync(CancellationToken cancellation) => links.ListAsync(cancellation);

    /// <summary>Who can sign in, to choose from; in a large house the first by name of account, others are written.</summary>
    public async Task<IReadOnlyList<AccountEntry>> PeopleAsync(CancellationToken cancellation) =>
        [.. (await accounts.FindAsync("", "", MostPeople, cancellation)).Where(one => one.Active)];

    /// <summary>The messages that left last, to choose from.</summary>
    public async Task<IReadOnlyList<Transfer>> MessagesAsync(CancellationToken cancellation) =>
        (await transfers.ListAsync(partner: null, before: null, cancellation)).Transfers;

    public async Task<(Decision? Decision, WhatIfError? Error)> TryAsync(
        Officer guardian,
        Tried tried,
        CancellationToken cancellation
    )
    {
        var leaf = new LedgerEvent(guardian.Login, LedgerAction.Consult, "guard:rules", "tried");
        await database.WriteAsync(t => ledger.AppendAsync(t, leaf, cancellation), cancellation);
        var officer = tried.Login.Length == 0 ? guardian : await PersonAsync(tried.Login, cancellation);
        if (officer is null)
        {
            return (null, new PersonNotFound());
        }

        if (tried.Message.Length > 0)
        {
            var decided = await door.DecideAsync(officer, tried.Act, [tried.Message], tried.Partner, cancellation);
            return decided.GetValueOrDefault(tried.Message) is { } found
                ? (found, null)
                : (null, new MessageNotFound());
        }

        return (await guard.DecideAsync(await FactsAsync(officer, tried, cancellation), cancellation), null);
    }

    /// <summary>As chosen from the list (`Nadia Exemple (nadia)`), a login, or part of a name that only one person has.</summary>
    private async Task<Officer?> PersonAsync(string said, CancellationToken cancellation)
    {
        var login = said.EndsWith(')') ? said[(said.LastIndexOf('(') + 1)..^1] : said;
        if (await officers.FindAsync(login.ToLowerInvariant(), cancellation) is { } exact)
        {
            return exact;
        }

        var found = await accounts.FindAsync(said, "", 2, cancellation);
        return found.Count == 1 ? await officers.FindAsync(found[0].Login, cancellation) : null;
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
