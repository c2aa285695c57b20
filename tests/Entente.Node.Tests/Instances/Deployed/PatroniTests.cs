using System.Net;
using System.Security.Cryptography.X509Certificates;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;
using Entente.Protocol;

namespace Entente.Node.Tests.Instances.Deployed;

public sealed class PatroniTests
{
    private static readonly TimeSpan StartingIsSlow = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Primary_killed_behind_the_files_of_deploy_costs_time_and_no_message()
    {
        await using var site = await DeployedSite.StartAsync();
        await using var rabat = await InstancesNode.CreateAsync(
            "ma.interieur",
            instances: 2,
            site.ConnectionString,
            site.Direct,
            site.Doors
        );
        await using var madrid = await TestNode.StartAsync("es.interior");
        await rabat.Services.LinkAsync(await madrid.Services.CardAsync());
        await madrid.Services.LinkAsync(await rabat.Services.CardAsync());
        rabat.Start(0);
        rabat.Start(1);
        await TestNode.WaitUntilAsync(() => PagesAnswerAsync(site), StartingIsSlow);

        var killing = KillAsync(site);
        var (leaving, coming) = await FlowAsync(rabat, madrid, killing);
        await killing;

        await TestNode.WaitUntilAsync(async () => await rabat.CountWaitingAsync() == 0, StartingIsSlow);
        await TestNode.WaitUntilAsync(
            async () => (await rabat.ListAsync(MessageDirection.In)).Count == coming.Count,
            StartingIsSlow
        );
        (await madrid.ReceivedAsync()).ShouldHold(leaving);
        (await rabat.ListAsync(MessageDirection.In)).ShouldHold(coming);
        (await CountAlarmsAsync(rabat.Services) + await CountAlarmsAsync(madrid.Services)).ShouldBe(0);
        var (report, _) = await NodeVerification.RunAsync(rabat.Home, _ => Advance.None, Cancellation);
        report.Problems.ShouldBeEmpty();
        // The machine that died is the second copy again, rewound to what the new primary says.
        await TestNode.WaitUntilAsync(site.Servers[0].IsSynchronousAsync, StartingIsSlow);
    }

    /// <summary>A machine of the database dies while messages flow; once the other has taken over it comes back.</summary>
    private static async Task KillAsync(DeployedSite site)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
        await site.Servers[0].KillAsync();
        await TestNode.WaitUntilAsync(site.Servers[1].IsPrimaryAsync, StartingIsSlow);
        site.Servers[0].Start();
    }

    /// <summary>Both ways, ten at a time, until the killing is over and a little longer.</summary>
    private static async Task<(List<Message> Leaving, List<Message> Coming)> FlowAsync(
        InstancesNode rabat,
        TestNode madrid,
        Task killing
    )
    {
        var (leaving, coming) = (new List<Message>(), new List<Message>());
        for (var after = 0; after < 5; after += killing.IsCompleted ? 1 : 0)
        {
            List<Message> there = [.. Enumerable.Range(0, 10).Select(_ => TestMessages.Request())];
            List<Message> back =
            [
                .. Enumerable.Range(0, 10).Select(_ => TestMessages.Request("es.interior", "ma.interieur")),
            ];
            await madrid.SendAllAsync(back);
            await rabat.SendPatientlyAsync(there, StartingIsSlow);
            leaving.AddRange(there);
            coming.AddRange(back);
            await Task.Delay(100, Cancellation);
        }

        return (leaving, coming);
    }

    /// <summary>By HAProxy, which sends nobody to an instance that is not ready.</summary>
    private static async Task<bool> PagesAnswerAsync(DeployedSite site)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(site.Authority);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        using var http = new HttpClient(handler);
        try
        {
            var ready = new Uri($"https://localhost:{site.Doors.Pages}/health/ready");
            using var answer = await http.GetAsync(ready, Cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Task<int> CountAlarmsAsync(IServiceProvider node)
    {
        const string sql = "SELECT COUNT(*) FROM alarm";
        return node.GetRequiredService<Database>()
            .ReadAsync(c => c.OneAsync<int>(sql, null, Cancellation), Cancellation);
    }
}
