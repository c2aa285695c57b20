using Entente.Node.Features.Carrier;
using Entente.Node.Features.Delivery;
using Entente.Node.Hosting;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;
using Entente.Protocol;

namespace Entente.Node.Tests.Carrier;

/// <summary>Wire and carrier at once, on nodes that serve: the verbs work on the same database beside them.</summary>
public sealed class MixedTests : IDisposable
{
    private readonly string _medium = Directory.CreateTempSubdirectory("entente-medium-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_medium, recursive: true);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Wire_and_carrier_in_any_order_make_one_history(string engine)
    {
        await using var pair = await TestPair.WiredAsync(engine);
        await using var rabat = Beside(pair.Rabat);
        await using var madrid = Beside(pair.Madrid);
        var chance = new Chance(11);
        var first = Path.Combine(_medium, "first.entente");
        pair.Wire.IsDown = true;
        List<Message> sent = [TestMessages.Request()];
        await pair.Rabat.SendAllAsync(sent);
        (await ExportAsync(rabat, first)).Header!.Envelopes.ShouldBe(1);
        List<string> onTheWay = [first];
        var settled = await CarryAsync(rabat, madrid, first);
        for (var round = 0; round < 30; round++)
        {
            var weather = chance.Next(0, 4);
            (pair.Wire.IsDown, pair.Wire.LosesAnswers) = (weather > 1, weather > 0);
            List<Message> batch = [.. Enumerable.Range(0, chance.Next(1, 12)).Select(_ => TestMessages.Request())];
            sent.AddRange(batch);
            await pair.Rabat.SendAllAsync(batch);
            if (chance.Next(0, 2) == 0)
            {
                var file = Path.Combine(_medium, $"{round}.entente");
                (await ExportAsync(rabat, file)).Fault.ShouldBeNull();
                onTheWay.Add(file);
            }

            // Carriers arrive late, in any order, twice, or never; some wait for another that is late.
            if (onTheWay.Count > 0 && chance.Next(0, 2) == 0)
            {
                await CarryAsync(rabat, madrid, onTheWay[chance.Next(0, onTheWay.Count)]);
            }
        }

        (pair.Wire.IsDown, pair.Wire.LosesAnswers) = (false, false);
        await pair.Rabat.WaitAsync(sent[^1], MessageState.Delivered);
        settled.ShouldBe(1);
        var received = await pair.Madrid.ReceivedAsync();
        received.Select(m => m.Id).ShouldBe(sent.Select(m => m.Id.ToString()));
        received.Select(m => m.Seq).ShouldBe(Enumerable.Range(1, sent.Count).Select(i => (long?)i));
        await VerifiesAsync(pair.Rabat);
        await VerifiesAsync(pair.Madrid);
    }

    /// <summary>A second instance of the node's services on its database, as a verb in a process of its own has it.</summary>
    private static ServiceProvider Beside(TestNode node) => NodeServices.Build(node.Home, node.Home.Load());

    private static Task<CarrierWritten> ExportAsync(ServiceProvider rabat, string file) =>
        rabat.GetRequiredService<CarrierExport>().RunAsync("es.interior", file, _ => { }, Cancellation);

    /// <returns>How many envelopes were settled by it.</returns>
    private static async Task<long> CarryAsync(ServiceProvider rabat, ServiceProvider madrid, string file)
    {
        if (!File.Exists(file))
        {
            return 0; // Nothing waited when it was exported.
        }

        var there = madrid.GetRequiredService<CarrierImport>();
        var taken = await there.RunAsync(file, file + ".receipts", _ => { }, Cancellation);
        (taken.Fault is null or EarlierMissing).ShouldBeTrue($"{taken.Fault}");
        if (taken.ReceiptFile is { } back)
        {
            var here = rabat.GetRequiredService<CarrierImport>();
            var settled = await here.RunAsync(back, back + ".none", _ => { }, Cancellation);
            settled.Fault.ShouldBeNull();
            return settled.Receipts;
        }

        return 0;
    }

    private static async Task VerifiesAsync(TestNode node)
    {
        var (report, _) = await NodeVerification.RunAsync(node.Home, _ => Advance.None, Cancellation);
        report.Problems.ShouldBeEmpty();
    }
}
