using Entente.Node.Features.Accounts;
using Entente.Node.Features.Protection;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Protection;

/// <summary>What a state promised covers what it says, as long as it says.</summary>
public sealed class AssuranceBookTests
{
    private static readonly Officer Guardian = People.Protection;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Risk_is_open_until_an_assurance_of_its_kind_and_domain_covers_it(string engine)
    {
        var clock = new TestClock();
        await using var store = await TestStore.CreateAsync(engine, clock);
        await using var services = store.Services();
        var book = services.GetRequiredService<AssuranceBook>();
        await book.PlaceAsync(Guardian, Risk("terrorism"), Cancellation);

        (await book.UncoveredAsync("XX", "terrorism", Cancellation)).ShouldBe(["death-penalty"]);
        (await book.UncoveredAsync("XX", "cybercrime", Cancellation)).ShouldBeEmpty();
        (await book.UncoveredAsync("YY", "terrorism", Cancellation)).ShouldBeEmpty();

        await book.PlaceAsync(Guardian, Assurance("cybercrime"), Cancellation);
        (await book.UncoveredAsync("XX", "terrorism", Cancellation)).ShouldBe(["death-penalty"]);
        await book.PlaceAsync(Guardian, Assurance("terrorism"), Cancellation);
        (await book.UncoveredAsync("XX", "terrorism", Cancellation)).ShouldBeEmpty();

        clock.Advance(TimeSpan.FromDays(31));
        (await book.UncoveredAsync("XX", "terrorism", Cancellation)).ShouldBe(["death-penalty"]);
    }

    private static Risk Risk(string domain) =>
        new()
        {
            Country = "XX",
            Kind = "death-penalty",
            Domains = domain,
            Source = "Code pénal inventé",
        };

    private static Assurance Assurance(string domain) =>
        new()
        {
            Country = "XX",
            Kind = "death-penalty",
            Domains = domain,
            Reference = "Note 1 (essai)",
            Signatory = "Ministère inventé",
            SignedOn = "2026-03-01",
            ExpiresOn = "2026-04-01",
        };
}
