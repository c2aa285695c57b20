using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Node.Features.Links;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Links;

/// <summary>One side proposes, the other adopts, both in signed messages; then both have the same version in force.</summary>
public sealed class AgreedTermsTests
{
    private static readonly LevelEquivalence Level = new(new Level("fr", "2021-07-01", 3), new Level("es", "1", 3));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Adopted_terms_are_in_force_on_both_sides_each_from_its_own_view(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var wanted = Bureau.Terms with
        {
            CeilingRank = 2,
            DataCategories = new HashSet<string> { "person", "vehicle" },
            Equivalences = [Level],
        };

        (await rabat.Get<TermsDesk>().ProposeAsync(rabat.Officer, madrid.Node, wanted, Cancellation)).ShouldBeNull();
        await rabat.HandOverAsync(madrid);
        (await SettingsAsync(madrid, rabat)).CeilingRank.ShouldBe(1); // Nothing is agreed yet.
        var open = (await madrid.Get<TermsRows>().OpenAsync(rabat.Node, Cancellation)).Single();
        (await madrid.Get<TermsDesk>().AdoptAsync(madrid.Officer, rabat.Node, open.Id, Cancellation)).ShouldBeNull();
        await madrid.HandOverAsync(rabat);

        var (here, there) = (await SettingsAsync(rabat, madrid), await SettingsAsync(madrid, rabat));
        here.Version.ShouldBe(2);
        there.Version.ShouldBe(2);
        here.CeilingRank.ShouldBe(2);
        there.CeilingRank.ShouldBe(2);
        here.Equivalences.ShouldBe([Level]);
        there.Equivalences.ShouldBe([Level.Turned]);
        (await rabat.Get<TermsRows>().OpenAsync(madrid.Node, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Partner_s_word_on_what_was_never_proposed_changes_nothing()
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite");
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite");
        await rabat.LinkAsync(madrid);

        (
            await madrid.Get<TermsDesk>().AdoptAsync(madrid.Officer, rabat.Node, Guid.Empty.ToString(), Cancellation)
        ).ShouldNotBeNull();

        (await SettingsAsync(madrid, rabat)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Adoption_of_other_terms_than_were_proposed_changes_nothing()
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite");
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite");
        await rabat.LinkAsync(madrid);
        var (proposal, proposed) = await ProposedAsync(rabat, madrid, Bureau.Terms with { CeilingRank = 0 });

        var wider = proposed with { CeilingRank = 4, Domains = [.. proposed.Domains, "cybercrime"] };
        var reason = await rabat.ReceiveAsync(Adoption(proposal, wider), rabat.Now);

        reason.ShouldBe("policy");
        var here = await SettingsAsync(rabat, madrid);
        here.Version.ShouldBe(1);
        here.CeilingRank.ShouldBe(1);
        here.Domains.ShouldNotContain("cybercrime");
        (await rabat.ReceiveAsync(Adoption(proposal, proposed), rabat.Now)).ShouldBeNull();
        (await SettingsAsync(rabat, madrid)).CeilingRank.ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Adoption_of_what_was_narrowed_since_is_refused_and_the_link_goes_on(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var (proposal, proposed) = await ProposedAsync(rabat, madrid, Bureau.Terms with { CeilingRank = 3 });
        var narrowed = Bureau.Terms with { CeilingRank = 0 };
        var changed = await rabat
            .Get<LinkCeremony>()
            .ChangeSettingsAsync(madrid.Node, narrowed, "securite-1", Cancellation);
        changed.Link.ShouldNotBeNull();

        (await rabat.ReceiveAsync(Adoption(proposal, proposed), rabat.Now)).ShouldBe("policy");

        (await SettingsAsync(rabat, madrid)).CeilingRank.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"equivalences":[null]}""")]
    [InlineData("""{"equivalences":[{"ours":null,"theirs":null}]}""")]
    [InlineData("""{"domains":["terrorism",null]}""")]
    [InlineData("""{"kinds":[null]}""")]
    [InlineData("""{"dataCategories":[null]}""")]
    [InlineData("""{"version":2147483647}""")]
    public async Task Terms_that_cannot_be_agreed_are_refused_before_anybody_opens_them(string strange)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite");
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite");
        await rabat.LinkAsync(madrid);
        var body = JsonSerializer.SerializeToNode(TermsWire.Body(ProposedTerms.Of(Bureau.Terms, "none")))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(strange)!.AsObject())
        {
            body["linkTerms"]![name] = value?.DeepClone();
        }

        var proposal = Adoption(Guid.Empty, ProposedTerms.Of(Bureau.Terms, "none")) with
        {
            Kind = Kinds.Proposal,
            ReplyTo = null,
            Body = JsonSerializer.SerializeToElement(body),
        };
        (await rabat.ReceiveAsync(proposal, rabat.Now)).ShouldBe("policy");

        (await rabat.Get<TermsRows>().OpenAsync(madrid.Node, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public void Table_is_chosen_one_level_a_line_and_half_a_line_is_none()
    {
        var chosen = new Microsoft.AspNetCore.Http.FormCollection(
            new()
            {
                ["ours.0"] = TermsText.Code(Level.Ours),
                ["theirs.0"] = TermsText.Code(Level.Theirs),
                ["source.0"] = " ",
                ["ours.1"] = "fr 2021-07-01 2",
                ["theirs.1"] = "",
            }
        );

        TermsText.Read(chosen).ShouldBe([Level]);
        TermsText.Read(Microsoft.AspNetCore.Http.FormCollection.Empty).ShouldBeNull();
    }

    private static async Task<(Guid Id, ProposedTerms Terms)> ProposedAsync(
        Bureau at,
        Bureau partner,
        LinkSettings wanted
    )
    {
        (await at.Get<TermsDesk>().ProposeAsync(at.Officer, partner.Node, wanted, Cancellation)).ShouldBeNull();
        var open = (await at.Get<TermsRows>().OpenAsync(partner.Node, Cancellation)).Single();
        return (Guid.Parse(open.Id), open.Terms);
    }

    /// <summary>Madrid's word, as nothing but its own software would keep it from saying it.</summary>
    private static Message Adoption(Guid proposal, ProposedTerms terms) =>
        TestMessages.Request("es.interior", "ma.interieur") with
        {
            Kind = Kinds.Adoption,
            ReplyTo = proposal,
            Profile = new ProfileReference(Bureau.Terms.ProfileId, Bureau.Terms.ProfileVersion),
            Body = TermsWire.Body(terms),
        };

    private static async Task<LinkSettings> SettingsAsync(Bureau at, Bureau partner) =>
        (await at.Get<LinkDirectory>().FindAsync(partner.Node, Cancellation))!.Settings; // Linked above.
}
