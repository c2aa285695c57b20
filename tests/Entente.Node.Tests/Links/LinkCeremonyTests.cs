using Entente.Node.Features.Links;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Links;

public sealed class LinkCeremonyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Link_confirmed_by_two_officers_is_active(string engine)
    {
        await using var pair = await Pair.CreateAsync(engine);

        var offered = await pair.Rabat.OfferAsync(await pair.Madrid.CardAsync());
        var first = await pair.Ceremony.ConfirmAsync("es.interior", "securite-1", Cancellation);
        var second = await pair.Ceremony.ConfirmAsync("es.interior", "securite-2", Cancellation);

        offered.Link!.State.ShouldBe(LinkState.Pending);
        first.Link!.State.ShouldBe(LinkState.Pending);
        second.Link!.State.ShouldBe(LinkState.Active);
        second.Link.ConfirmedBy.ShouldBe(["securite-1", "securite-2"]);
        (await pair.Directory.FindAsync("es.interior", Cancellation))!.State.ShouldBe(LinkState.Active);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Second_confirmation_by_the_same_officer_is_refused(string engine)
    {
        await using var pair = await Pair.CreateAsync(engine);
        await pair.Rabat.OfferAsync(await pair.Madrid.CardAsync());
        await pair.Ceremony.ConfirmAsync("es.interior", "securite-1", Cancellation);

        var again = await pair.Ceremony.ConfirmAsync("es.interior", "securite-1", Cancellation);

        again.Error.ShouldBeOfType<ConfirmedBySameOfficer>();
        (await pair.Directory.FindAsync("es.interior", Cancellation))!.State.ShouldBe(LinkState.Pending);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Both_sides_read_the_same_safety_number(string engine)
    {
        await using var pair = await Pair.CreateAsync(engine);
        await pair.Rabat.OfferAsync(await pair.Madrid.CardAsync());
        await pair.Madrid.OfferAsync(await pair.Rabat.CardAsync());

        var here = await pair.Ceremony.SafetyNumberAsync("es.interior", Cancellation);
        var there = await pair
            .Madrid.GetRequiredService<LinkCeremony>()
            .SafetyNumberAsync("ma.interieur", Cancellation);

        here.ShouldNotBeNull();
        here.ShouldBe(there);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Card_of_this_very_node_and_card_already_held_are_refused(string engine)
    {
        await using var pair = await Pair.CreateAsync(engine);
        var card = await pair.Madrid.CardAsync();
        await pair.Rabat.OfferAsync(card);

        (await pair.Rabat.OfferAsync(await pair.Rabat.CardAsync())).Error.ShouldBeOfType<CardIsOurs>();
        (await pair.Rabat.OfferAsync(card)).Error.ShouldBeOfType<CardAlreadyHeld>();
        (await pair.Rabat.OfferAsync(card[..^9] + "AAAAAAAAA")).Error.ShouldBeOfType<CardUnreadable>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Card_of_a_known_partner_with_another_key_is_refused(string engine)
    {
        await using var pair = await Pair.CreateAsync(engine);
        await using var impostor = await TestStore.CreateAsync(engine, node: "es.interior");
        await using var impostorNode = impostor.Services();
        await pair.Rabat.LinkAsync(await pair.Madrid.CardAsync());

        var outcome = await pair.Rabat.OfferAsync(await impostorNode.CardAsync());

        outcome.Error.ShouldBeOfType<CardChanged>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Suspension_needs_a_reason_and_ends_with_resumption(string engine)
    {
        await using var pair = await Pair.CreateAsync(engine);
        await pair.Rabat.LinkAsync(await pair.Madrid.CardAsync());

        var bare = await pair.Ceremony.SuspendAsync("es.interior", " ", "securite-1", Cancellation);
        var suspended = await pair.Ceremony.SuspendAsync("es.interior", "essai", "securite-1", Cancellation);
        var resumed = await pair.Ceremony.ResumeAsync("es.interior", "essai fini", "securite-1", Cancellation);

        bare.Error.ShouldBeOfType<ReasonMissing>();
        suspended.Link!.State.ShouldBe(LinkState.Suspended);
        suspended.Link.Reason.ShouldBe("essai");
        resumed.Link!.State.ShouldBe(LinkState.Active);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Changed_settings_are_a_new_version(string engine)
    {
        await using var pair = await Pair.CreateAsync(engine);
        await pair.Rabat.LinkAsync(await pair.Madrid.CardAsync());

        var changed = await pair.Ceremony.ChangeSettingsAsync(
            "es.interior",
            TestLinks.Settings with
            {
                CeilingRank = 2,
            },
            "securite-1",
            Cancellation
        );

        changed.Link!.Settings.Version.ShouldBe(2);
        changed.Link.Settings.CeilingRank.ShouldBe(2);
        changed.Link.Settings.Domains.ShouldBe(TestLinks.Settings.Domains, ignoreOrder: true);
    }

    /// <summary>Two nodes' services; the second is always embedded, being only asked for its card.</summary>
    private sealed class Pair(TestStore here, TestStore there) : IAsyncDisposable
    {
        public ServiceProvider Rabat { get; } = here.Services();
        public ServiceProvider Madrid { get; } = there.Services();
        public LinkCeremony Ceremony => Rabat.GetRequiredService<LinkCeremony>();
        public LinkDirectory Directory => Rabat.GetRequiredService<LinkDirectory>();

        public static async Task<Pair> CreateAsync(string engine) =>
            new(
                await TestStore.CreateAsync(engine),
                await TestStore.CreateAsync(nameof(Engine.Sqlite), node: "es.interior")
            );

        public async ValueTask DisposeAsync()
        {
            await Rabat.DisposeAsync();
            await Madrid.DisposeAsync();
            await here.DisposeAsync();
            await there.DisposeAsync();
        }
    }
}
