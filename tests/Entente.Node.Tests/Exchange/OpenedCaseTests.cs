using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Exchange;

/// <summary>A partner that writes into a case does not say who in this house reads it.</summary>
public sealed class OpenedCaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Request_in_a_known_case_opens_it_neither_to_everybody_nor_to_another_unit(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        await OpenUnitAsync(madrid, "finances");
        var sent = await ExchangeTests.SendAsync(rabat, Drafts.Request() with { Attachments = [] });
        await rabat.HandOverAsync(madrid);
        var opened = (await rabat.Get<Features.Delivery.MessageStore>().OpenAsync(sent.Message, Cancellation))!.Message; // Just sent.
        foreach (var unit in (string[])["nulle-part", "finances"])
        {
            var more = opened with
            {
                Id = Guid.Parse(rabat.Get<Ids>().New()),
                To = Address.Parse($"{unit}@es.interior"),
            };
            (await madrid.ReceiveAsync(more, madrid.Now)).ShouldBeNull();
        }

        var other = madrid.Officer with { Login = "autre", Unit = "finances" };
        var cases = madrid.Get<CaseBook>();
        (await cases.RowsAsync(other, sent.Case, Cancellation)).ShouldBeEmpty();
        (await cases.ReceivedAsync(other, sent.Message, Cancellation)).ShouldBeNull();
        (await cases.RowsAsync(madrid.Officer, sent.Case, Cancellation)).Count.ShouldBe(3);
    }

    private static Task OpenUnitAsync(Bureau bureau, string slug)
    {
        var unit = new Unit
        {
            Slug = slug,
            Names = new Dictionary<string, string> { ["fr"] = slug },
        };
        var units = bureau.Get<UnitBook>();
        return bureau.Database.WriteAsync(t => units.SaveAsync(t, unit, Officer.NodeActor, Cancellation), Cancellation);
    }
}
