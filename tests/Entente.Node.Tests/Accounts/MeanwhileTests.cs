using System.Net;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Tests.Accounts;

/// <summary>What changes while somebody signs in or sends a form, here or on another instance of the node.</summary>
public sealed class MeanwhileTests
{
    private static readonly Visitor Nobody = new("192.0.2.7", "test");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Right_code_among_guesses_made_at_the_same_moment_opens_no_more_than_after_them(string engine)
    {
        var clock = new TestClock();
        await using var node = await RunningNode.StartAsync(clock, engine);
        var opened = await node.OpenAccountAsync("officier", Role.Officer);
        var desk = node.Services.GetRequiredService<SignInDesk>();
        var read = await ReadAsync(node); // As every one of the requests read it, before any of them was counted.
        for (var i = 0; i < LockOut.Free; i++)
        {
            await desk.CodeAsync(await ReadAsync(node), "000000", Nobody, Cancellation);
        }

        var right = Totp.Code(opened.TotpSecret!, clock.GetUtcNow()); // Enrolled when opened.
        var step = await desk.CodeAsync(read, right, Nobody, Cancellation);

        step.ShouldBeOfType<SignInStep.Refused>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Right_password_among_guesses_made_at_the_same_moment_opens_no_more_than_after_them(string engine)
    {
        using var slow = new SlowHasher();
        await using var node = await RunningNode.StartAsync(
            engine: engine,
            more: services => services.AddSingleton<IPasswordHasher<Account>>(slow)
        );
        var opened = await node.OpenAccountAsync("officier", Role.Officer);
        var desk = node.Services.GetRequiredService<SignInDesk>();
        slow.Keep(opened.Password);
        var right = Task.Run(() => desk.PasswordAsync("officier", opened.Password, Nobody, Cancellation), Cancellation);
        await slow.Reached;
        for (var i = 0; i < LockOut.Free; i++)
        {
            await desk.PasswordAsync("officier", "faux mot de passe", Nobody, Cancellation);
        }

        slow.GoOn();

        (await right).ShouldBeOfType<SignInStep.Refused>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Account_closed_or_given_another_password_while_it_signs_in_gets_no_session(string engine)
    {
        await using var node = await RunningNode.StartAsync(engine: engine);
        await node.OpenAccountAsync("officier", Role.Officer);
        var desk = node.Services.GetRequiredService<SignInDesk>();
        var read = await ReadAsync(node);
        await RunAsync(node, "UPDATE account SET security_stamp = 'another' WHERE login = 'officier'");
        var reset = await desk.FinishAsync(read, "totp", Nobody, Cancellation);
        read = await ReadAsync(node);
        await RunAsync(node, "UPDATE account SET active = FALSE WHERE login = 'officier'");
        var closed = await desk.FinishAsync(read, "totp", Nobody, Cancellation);

        reset.ShouldBeOfType<SignInStep.Refused>();
        closed.ShouldBeOfType<SignInStep.Refused>();
    }

    [Theory]
    [InlineData(nameof(Engine.Sqlite), "DELETE FROM account_role", HttpStatusCode.Forbidden)]
    [InlineData(nameof(Engine.Sqlite), "UPDATE account SET active = FALSE", HttpStatusCode.OK)] // Of the form to sign in.
    [InlineData(nameof(Engine.Postgres), "DELETE FROM account_role", HttpStatusCode.Forbidden)]
    [InlineData(nameof(Engine.Postgres), "UPDATE account SET active = FALSE", HttpStatusCode.OK)]
    public async Task Form_sent_after_another_instance_took_the_role_or_the_account_does_nothing(
        string engine,
        string there,
        HttpStatusCode expected
    )
    {
        await using var node = await RunningNode.StartAsync(new TestClock(), engine);
        using var visitor = await node.SignedInAsync("securite", Role.Security);
        var page = await visitor.GetAsync("/administration/units", Cancellation);
        page.Status.ShouldBe(HttpStatusCode.OK);
        await RunAsync(node, there);

        var fields = new List<KeyValuePair<string, string>> { new("Slug", "intruse"), new("Names[fr]", "Intruse") };
        var after = await visitor.SubmitAsync(page, "unit", fields, Cancellation);

        after.Status.ShouldBe(expected);
        (await node.Services.GetRequiredService<UnitBook>().FindAsync("intruse", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public void Addresses_of_one_network_of_ipv6_count_as_one()
    {
        var limit = new AddressLimit();
        for (var i = 0; i < 60; i++)
        {
            limit.Allows($"2001:db8:1:2::{i:x}").ShouldBeTrue();
        }

        limit.Allows("2001:db8:1:2:ffff::1").ShouldBeFalse();
        limit.Allows("2001:db8:1:3::1").ShouldBeTrue();
        limit.Allows("::ffff:192.0.2.1").ShouldBeTrue();
        limit.Allows("192.0.2.1").ShouldBeTrue();
    }

    private static async Task<Account> ReadAsync(RunningNode node) =>
        (
            await node.Services.GetRequiredService<AccountStore>().FindByNameAsync("officier", Cancellation)
        ).ShouldNotBeNull();

    private static Task RunAsync(RunningNode node, string sql) =>
        node.Database.WriteAsync(t => t.RunAsync(sql, null, Cancellation), Cancellation);

    /// <summary>Takes its time over one password, until the test lets it go on.</summary>
    private sealed class SlowHasher : PasswordHasher<Account>, IDisposable
    {
        private readonly TaskCompletionSource _reached = new();
        private readonly ManualResetEventSlim _goOn = new();
        private string? _kept;

        public Task Reached => _reached.Task;

        public void Keep(string password) => _kept = password;

        public void GoOn() => _goOn.Set();

        public void Dispose() => _goOn.Dispose();

        public override PasswordVerificationResult VerifyHashedPassword(
            Account user,
            string hashedPassword,
            string providedPassword
        )
        {
            if (providedPassword == _kept)
            {
                _reached.SetResult();
                _goOn.Wait(TimeSpan.FromMinutes(1));
            }

            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
