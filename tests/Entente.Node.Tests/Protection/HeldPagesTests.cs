namespace Entente.Node.Tests.Protection;

/// <summary>
/// Two worlds in which the same is done, but that in one what is written is held. Whoever has no protection role, be it all
/// other roles in one, reads the same on every page and in every file of both, the ledger's among them, before the silent
/// answer has left and after; and at the end of the day.
/// </summary>
public sealed class HeldPagesTests
{
    private const string Person = "Exemple Protégée";

    [Theory]
    [InlineData("provided")]
    [InlineData("no-information")]
    [InlineData("request")]
    public async Task Pages_of_a_held_answer_are_those_of_one_that_left(string outcome)
    {
        await using var held = await HeldWorld.BeginAsync(Person);
        await using var left = await HeldWorld.BeginAsync("Exemple Quelconque");

        await held.WriteAsync(outcome);
        await left.WriteAsync(outcome);

        await SameAsync(held, left);
        (await held.LedgerAsync()).ShouldBe(await left.LedgerAsync());

        await held.ReleaseAsync();
        await left.ReleaseAsync();
        await SameAsync(held, left);
        (await held.LedgerAsync()).ShouldBe(await left.LedgerAsync());
        (await held.DayAsync()).ShouldBe(1);
        (await left.DayAsync()).ShouldBe(1);
        (await held.LedgerAsync()).ShouldBe(await left.LedgerAsync());
        (await held.HeldAsync()).ShouldBe(1);
        (await left.HeldAsync()).ShouldBe(0);
    }

    private static async Task SameAsync(HeldWorld held, HeldWorld left)
    {
        held.Paths.Count.ShouldBe(left.Paths.Count);
        held.Paths.Count.ShouldBeGreaterThan(80);
        var differences = new List<string>();
        foreach (var (one, other) in held.Paths.Zip(left.Paths))
        {
            var (here, there) = (await held.ReadAsync(one), await left.ReadAsync(other));
            here.ShouldNotStartWith(" 500");
            if (here != there)
            {
                differences.Add($"{one}: {Difference(here, there)}");
            }
        }

        differences.ShouldBeEmpty();
    }

    private static string Difference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{one.AsSpan(Math.Max(0, at - 200)..Math.Min(one.Length, at + 200))}\n  and not\n{other.AsSpan(Math.Max(0, at - 50)..Math.Min(other.Length, at + 200))}";
    }
}
