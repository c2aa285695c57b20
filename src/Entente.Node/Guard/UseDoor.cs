using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Guard;

/// <summary>
/// The one door for uses of messages that are here: a page of a list, a search, statistics, a briefing, an export. Judges
/// many at once, by what stands about them beside their content: nothing is opened, a page costs three queries however many
/// items it has. It records nothing: whoever opens a single item records the refusal of that one.
/// </summary>
internal sealed class UseDoor(
    UseFacts facts,
    PermissionBook permissions,
    LinkDirectory links,
    LegalProfiles profiles,
    DisclosureGuard guard
)
{
    /// <summary>Those of the messages that the officer may use so. What is unknown is not among them.</summary>
    /// <param name="audience">For a briefing: the node or the country it is made for.</param>
    public async Task<IReadOnlySet<string>> AllowedAsync(
        Officer officer,
        DisclosureAct act,
        IReadOnlyList<string> messages,
        string? audience,
        CancellationToken cancellation
    ) =>
        (await DecideAsync(officer, act, messages, audience, cancellation))
            .Where(decided => decided.Value.Allowed)
            .Select(decided => decided.Key)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The same with the reasons and conditions.</summary>
    public async Task<IReadOnlyDictionary<string, Decision>> DecideAsync(
        Officer officer,
        DisclosureAct act,
        IReadOnlyList<string> messages,
        string? audience,
        CancellationToken cancellation
    )
    {
        var decided = new Dictionary<string, Decision>(StringComparer.Ordinal);
        foreach (var disclosure in await DisclosuresAsync(officer, act, messages, audience, cancellation))
        {
            decided[disclosure.Key] = await guard.DecideAsync(disclosure.Value, cancellation);
        }

        return decided;
    }

    /// <summary>The facts the rules judge by, for whoever records the decision too.</summary>
    public async Task<IReadOnlyDictionary<string, Disclosure>> DisclosuresAsync(
        Officer officer,
        DisclosureAct act,
        IReadOnlyList<string> messages,
        string? audience,
        CancellationToken cancellation
    )
    {
        var found = await facts.OfAsync(messages, cancellation);
        var grants = (await permissions.GrantsAsync(messages, cancellation)).ToLookup(grant => grant.MessageId);
        var disclosures = new Dictionary<string, Disclosure>(found.Count, StringComparer.Ordinal);
        foreach (var fact in found)
        {
            var link = await links.FindAsync(fact.Partner, cancellation);
            disclosures[fact.Id] = new Disclosure
            {
                Act = act,
                Officer = officer,
                Kind = fact.Kind,
                Partner = fact.Partner,
                Link = link,
                Profile = link is null ? null : profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion),
                Audience = audience,
                Restricted = fact.Restricted,
                Rank = fact.Rank,
                Units = fact.Units,
                Quarantined = fact.Quarantine is not null,
                Foreign = facts.ForeignIn(fact, audience, grants[fact.Id]),
            };
        }

        return disclosures;
    }

    /// <summary>
    /// Whether anything of this kind could go to that partner, however it is worded: for a button that would lead to a
    /// refusal. Says nothing of what is held in silence.
    /// </summary>
    public async Task<Decision> ForeseeAsync(
        Officer officer,
        string kind,
        string partner,
        int rank,
        string? domain,
        CancellationToken cancellation
    ) => await guard.ForeseeAsync(await LeavingAsync(officer, kind, partner, rank, domain, cancellation), cancellation);

    /// <summary>
    /// Whether each message could be passed on to anybody: the decision of the partner that has the least against it. A
    /// message is missing where there is nobody to pass it on to.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, Decision>> PassingOnAsync(
        Officer officer,
        IReadOnlyList<string> messages,
        CancellationToken cancellation
    ) =>
        (await PassingAsync(officer, messages, cancellation))
            .GroupBy(passing => passing.Message, StringComparer.Ordinal)
            .ToDictionary(to => to.Key, to => to.MinBy(passing => passing.Decision.Verdict).Decision); // Of a group: not empty.

    /// <summary>The same for one message, by partner.</summary>
    public async Task<IReadOnlyDictionary<string, Decision>> PassingToAsync(
        Officer officer,
        string message,
        CancellationToken cancellation
    ) =>
        (await PassingAsync(officer, [message], cancellation)).ToDictionary(
            passing => passing.Partner,
            passing => passing.Decision
        );

    private async Task<IReadOnlyList<(string Message, string Partner, Decision Decision)>> PassingAsync(
        Officer officer,
        IReadOnlyList<string> messages,
        CancellationToken cancellation
    )
    {
        var found = await facts.OfAsync(messages, cancellation);
        var grants = (await permissions.GrantsAsync(messages, cancellation)).ToLookup(grant => grant.MessageId);
        var others = await links.ListAsync(cancellation);
        var passing = new List<(string, string, Decision)>();
        foreach (var fact in found.Where(fact => fact.Incoming))
        {
            foreach (var other in others.Where(link => link.Partner != fact.Partner))
            {
                var (kind, to) = (Kinds.Information, other.Partner);
                var leaving = await LeavingAsync(officer, kind, to, fact.Rank, domain: null, cancellation);
                var disclosure = leaving with
                {
                    Act = DisclosureAct.Forward,
                    Restricted = fact.Restricted,
                    Quarantined = fact.Quarantine is not null,
                    Foreign = facts.ForeignIn(fact, to, grants[fact.Id]),
                };
                passing.Add((fact.Id, to, await guard.ForeseeAsync(disclosure, cancellation)));
            }
        }

        return passing;
    }

    private async Task<Disclosure> LeavingAsync(
        Officer officer,
        string kind,
        string partner,
        int rank,
        string? domain,
        CancellationToken cancellation
    )
    {
        var link = await links.FindAsync(partner, cancellation);
        return new Disclosure
        {
            Act = DisclosureAct.Send,
            Officer = officer,
            Kind = kind,
            Partner = partner,
            Link = link,
            Profile = link is null ? null : profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion),
            Rank = rank,
            // What is not chosen yet does not stand in the way.
            Domain = domain ?? link?.Settings.Domains.FirstOrDefault(),
        };
    }
}
