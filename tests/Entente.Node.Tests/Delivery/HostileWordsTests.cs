using System.Text.Json;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Delivery;

/// <summary>A partner with real keys whose messages are well signed and say what no officer writes.</summary>
public sealed class HostileWordsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Character_zero_is_rejected_and_the_link_goes_on(string engine)
    {
        await using var partner = await HandMadePartner.LinkedAsync(engine);
        var zero = TestMessages.Request() with { Handling = ["H1\0"] };

        var receipt = await partner.ReceiptAsync(partner.Seal(1, Hash.Zero, zero, TestMessages.Request()));

        receipt.Entries.Select(e => e.Status).ShouldBe([ReceiptStatus.Rejected, ReceiptStatus.Accepted]);
        receipt.Entries[0].Reason.ShouldBe(Reason.BadEnvelope);
    }

    [Fact]
    public async Task Domain_under_another_case_does_not_pass_beside_the_guard()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        var information = Information("""{"Domain":"cybercrime","text":"Texte d’essai"}""");

        var receipt = await partner.ReceiptAsync(partner.Seal(1, Hash.Zero, information));

        receipt.Entries.Single().Reason.ShouldBe(Reason.Policy);
    }

    [Fact]
    public async Task Domain_that_the_guard_judged_is_the_one_that_officers_see()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        var information = Information("""{"domain":"terrorism","Domain":"cybercrime","text":"Texte d’essai"}""");

        var receipt = await partner.ReceiptAsync(partner.Seal(1, Hash.Zero, information));

        receipt.Entries.Single().Status.ShouldBe(ReceiptStatus.Accepted);
        const string sql = "SELECT domain FROM request WHERE id = @Id";
        var domain = await partner.Madrid.Database.ReadAsync(
            c => c.OneAsync<string>(sql, new { Id = information.Id.ToString() }, Cancellation),
            Cancellation
        );
        domain.ShouldBe("terrorism");
    }

    private static Message Information(string body) =>
        TestMessages.Request() with
        {
            Kind = Kinds.Information,
            Body = JsonDocument.Parse(body).RootElement,
        };
}
