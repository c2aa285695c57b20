using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Entente.Faults.Checking;
using Entente.Faults.Histories;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Faults;

public sealed class CertificateTests
{
    private static readonly PbeParameters Wrapping = new(
        PbeEncryptionAlgorithm.Aes256Cbc,
        HashAlgorithmName.SHA256,
        2048
    );
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Certificate_that_expires_stops_the_link_in_words_and_a_new_one_lets_everything_through()
    {
        var (journal, tally, chance) = (new Journal(), new Tally(), new Chance(29));
        await using var world = await World.LinkedAsync(
            nameof(Engine.Sqlite),
            ["ma.interieur", "es.interior"],
            prepare: home => Certify(home, home.Load().Node == "ma.interieur" ? Life : TimeSpan.FromDays(30))
        );
        var (rabat, madrid) = (world.Parties[0], world.Parties[1]);
        var expires = TimeProvider.System.GetUtcNow() + Life;
        Traffic[] traffic =
        [
            new(rabat.Node, madrid.Id, chance, journal, tally),
            new(madrid.Node, rabat.Id, chance, journal, tally),
        ];
        await Task.WhenAll(traffic.Select(t => t.SendAsync()));
        rabat.StartIfDown();
        madrid.StartIfDown();
        // Long enough for a few envelopes to go each way, on all but the slowest machines.
        var left = expires - TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, TestContext.Current.CancellationToken);

        // The connections still stand: they were checked when they were made, and must not outlive the certificate.
        await Task.WhenAll(traffic.Select(t => t.SendAsync()));
        await FailedAsync(rabat, madrid.Id, "403-certificate-expired");
        await FailedAsync(madrid, rabat.Id, "certificate");
        (await rabat.Node.IsReadyAsync()).ShouldBeFalse();

        await rabat.Node.StopAsync();
        Certify(rabat.Node.Home, TimeSpan.FromDays(30));
        await rabat.Node.ReopenAsync();
        var card = await rabat.Node.Services.CardAsync();
        (await madrid.Node.Services.OfferAsync(card)).Link.ShouldNotBeNull();
        rabat.Node.Start();

        (await world.SettledAsync()).ShouldBeTrue();
        world.Demand([.. await world.CheckAsync(journal), .. Checker.Alarms(await world.TablesAsync())], "expiry");
    }

    private static Task FailedAsync(Party party, string partner, string why) =>
        TestNode.WaitUntilAsync(async () => await party.LinkFailureAsync(partner) == why, TimeSpan.FromMinutes(3));

    /// <summary>What an operator does with openssl: a certificate of the node's own for so long, beside the other keys.</summary>
    private static void Certify(NodeHome home, TimeSpan life)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={home.Load().Node}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now + life);
        var password = Convert.ToBase64String(File.ReadAllBytes(home.MasterKeyFile));
        File.Delete(home.TlsFile);
        PrivateFile.Write(home.TlsFile, certificate.ExportPkcs12(Wrapping, password));
    }
}
