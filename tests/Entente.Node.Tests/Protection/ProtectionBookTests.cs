using Entente.Node.Features.Accounts;
using Entente.Node.Features.Protection;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Protection;

/// <summary>Who is shielded from whom.</summary>
public sealed class ProtectionBookTests
{
    private static readonly Officer Guardian = People.Protection;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Name_is_found_in_any_order_and_among_other_words(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var book = services.GetRequiredService<ProtectionBook>();
        await PlaceAsync(services, "Exemple Inventée\nمثال مخترعة");

        (await book.ShieldsAsync("XX", ["INVENTEE, exemple"], Cancellation)).ShouldBeTrue();
        (await book.ShieldsAsync("XX", ["vu avec", "Exemple au port", "dite Inventée"], Cancellation)).ShouldBeTrue();
        (await book.ShieldsAsync("XX", ["مخترعة مثال"], Cancellation)).ShouldBeTrue();
        (await book.ShieldsAsync("XX", ["Exemple seulement"], Cancellation)).ShouldBeFalse();
        (await book.ShieldsAsync("YY", ["Exemple Inventée"], Cancellation)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("vu avec ahmed ben factice au port")]
    [InlineData("VU AVEC AHMED BEN FACTICE AU PORT")]
    [InlineData("vu avec ahmad ben factice au port")]
    [InlineData("شوهد أحمد بن فاكتيس في الميناء")]
    public async Task Name_is_found_without_its_capitals_however_long_the_text(string text)
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var book = services.GetRequiredService<ProtectionBook>();
        (await book.ShieldsAsync("XX", [text], Cancellation)).ShouldBeFalse();

        await PlaceAsync(services, "Ahmed Ben Factice\nأحمد بن فاكتيس");

        var before = string.Join(' ', Enumerable.Range(0, 2000).Select(number => $"mot{number}"));
        (await book.ShieldsAsync("XX", [$"{before} {text}"], Cancellation)).ShouldBeTrue();
        (await book.ShieldsAsync("XX", [before, "vu avec ahmed ben exemple"], Cancellation)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Lifted_marker_shields_no_more(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var desk = services.GetRequiredService<ProtectionDesk>();
        await PlaceAsync(services, "Exemple Inventée");
        var placed = (await desk.ListAsync(Cancellation)).Single();

        placed.Names.ShouldBe(["Exemple Inventée"]);
        (await desk.LiftAsync(Guardian, placed.Id, Cancellation)).ShouldBeNull();

        (await desk.ListAsync(Cancellation)).ShouldBeEmpty();
        (
            await services.GetRequiredService<ProtectionBook>().NamesAnyAsync(["Exemple Inventée"], Cancellation)
        ).ShouldBeFalse();
    }

    [Fact]
    public async Task One_word_is_no_name_to_shield()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var desk = services.GetRequiredService<ProtectionDesk>();

        (await desk.PlaceAsync(Guardian, "Exemple", "XX", null, Cancellation)).ShouldBeOfType<NameTooShort>();
        (
            await desk.PlaceAsync(Guardian, "Exemple Inventée", "pays", null, Cancellation)
        ).ShouldBeOfType<OriginUnknown>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Neither_the_ledger_nor_the_tables_show_the_name_or_that_it_is_a_protection(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        await PlaceAsync(services, "Exemple Inventée");

        const string leaves = "SELECT object || ' ' || why FROM ledger_leaf";
        var said = await store.Database.ReadAsync(c => c.ListAsync<string>(leaves, null, Cancellation), Cancellation);

        said.ShouldAllBe(leaf => !leaf.Contains("prote", StringComparison.OrdinalIgnoreCase) && !leaf.Contains("Inv"));
    }

    private static async Task PlaceAsync(IServiceProvider services, string names) =>
        (
            await services.GetRequiredService<ProtectionDesk>().PlaceAsync(Guardian, names, "xx", "Essai", Cancellation)
        ).ShouldBeNull();
}
