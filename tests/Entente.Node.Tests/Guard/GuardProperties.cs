using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Node.Tests.Guard;

/// <summary>Whatever the disclosure, some things never leave.</summary>
public sealed class GuardProperties
{
    private const int Cases = 3000;

    [Fact]
    public void Nothing_leaves_above_the_ceiling_or_the_clearance() =>
        Never(d => d.Rank > d.Link?.Settings.CeilingRank || d.Rank > d.Officer.Clearance);

    [Fact]
    public void Nothing_leaves_without_a_basis_in_force() =>
        Never(d => d.Kind != Kinds.Answer && d.InForce.All(choice => choice.Id != d.Basis));

    [Fact]
    public void Nothing_of_a_third_party_leaves_without_its_permission() =>
        Never(d => d.Foreign.Any(content => !content.Permitted && content.Originator != d.Partner));

    [Fact]
    public void Nothing_leaves_over_a_link_that_is_not_active() => Never(d => d.Link?.State != LinkState.Active);

    [Fact]
    public void Nothing_leaves_outside_the_agreed_domains() =>
        Never(d => d.Link is { } link && !link.Settings.Domains.Contains(d.Domain ?? ""));

    /// <summary>Where the condition holds, the guard must not allow; and the generator must hit both sides of it.</summary>
    private static void Never(Func<Disclosure, bool> forbidden)
    {
        var guard = Disclosures.Guard();
        var allowed = 0;
        var property = Prop.ForAll(
            Generator().ToArbitrary(),
            async disclosure =>
            {
                var decision = await guard.DecideAsync(disclosure, CancellationToken.None);
                allowed += decision.Allowed ? 1 : 0;
                return !(forbidden(disclosure) && decision.Allowed);
            }
        );

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), property);
        allowed.ShouldBeGreaterThan(0);
    }

    private static Gen<Disclosure> Generator() =>
        from kind in Gen.Elements(Kinds.Request, Kinds.Request, Kinds.Answer, Kinds.Information, Kinds.Alert)
        from rank in Gen.Choose(0, 3)
        from clearance in Gen.Choose(0, 4)
        from ceiling in Gen.Choose(0, 3)
        from state in Gen.Frequency(
            (6, Gen.Constant(LinkState.Active)),
            (1, Gen.Elements(LinkState.Pending, LinkState.Suspended))
        )
        from linked in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from basis in Gen.Elements<string?>("basis-1", "basis-1", "basis-2", "", null)
        from domain in Gen.Elements<string?>("terrorism", "terrorism", "cybercrime", null)
        from foreign in Foreign().ListOf()
        let link = Disclosures.Link with
        {
            State = state,
            Settings = Disclosures.Link.Settings with { CeilingRank = ceiling },
        }
        select Disclosures.Lawful with
        {
            Kind = kind,
            Rank = rank,
            Officer = Disclosures.Officer with { Clearance = clearance },
            Link = linked ? link : null,
            Basis = basis,
            AnsweredBasis = basis,
            Domain = domain,
            Foreign = [.. foreign.Take(2)],
        };

    private static Gen<ForeignContent> Foreign() =>
        from originator in Gen.Elements("es.interior", "de.bmi", "fi.sm")
        from giver in Gen.Elements("es.interior", "de.bmi")
        from permitted in Gen.Elements(true, false)
        from codes in Gen.Elements<IReadOnlyList<string>>([], ["H2"], ["H1", "H2"])
        select new ForeignContent("m", originator, giver, codes, permitted);
}
