using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Transfers;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Retention;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Transfers;

public sealed class TransferTests
{
    private static readonly Officer Auditor = People.Of("auditor", Role.Auditor);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Every_message_sent_has_its_file_in_codes(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (_, message) = await both.ExchangeAsync();
        var book = both.Rabat.Get<TransferBook>();

        var one = (await book.ListAsync(null, null, Cancellation)).Transfers.ShouldHaveSingleItem();

        one.MessageId.ShouldBe(message);
        (one.Actor, one.ToUnit, one.Partner, one.Country).ShouldBe(("officer.ma", "liaison", "es.interior", "ES"));
        (one.Basis, one.Domain).ShouldBe((Bureau.AgreementWith("ES"), "drug-trafficking"));
        one.DataList.ShouldBe(["file", "person"]);
        one.PersonList.ShouldBe(["undetermined"]);
        one.HandlingList.ShouldBe(["H1"]);
        one.Authorised.ShouldBeTrue();
        (await book.ListAsync("fi.sm", null, Cancellation)).Transfers.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Words_are_for_those_who_work_on_the_case_and_no_row_holds_them(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (_, message) = await both.AskAsync("PERSONNE SECRÈTE");
        var book = both.Rabat.Get<TransferBook>();

        var read = (await book.FindAsync(both.Rabat.Officer, message, Cancellation))!;
        var audited = (await book.FindAsync(Auditor, message, Cancellation))!;

        read.Opened!.Message.Purpose.ShouldBe("Enquête sur une infraction inventée");
        read.Delivered.ShouldNotBeNull();
        (audited.Opened, audited.Reads).ShouldBe((null, false));
        audited.Transfer.ToString().ShouldNotContain("inventée");
        audited.Transfer.ToString().ShouldNotContain("SECRÈTE");
        (await both.Rabat.LedgerAsync("consult")).ShouldBe(["transfer-file"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task File_stays_in_codes_when_its_message_is_erased(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        var (_, message) = await both.ExchangeAsync();
        both.Clock.Advance(TimeSpan.FromDays(800));
        (await both.SweepAsync()).ShouldBe(1);

        var file = (await both.Rabat.Get<TransferBook>().FindAsync(both.Rabat.Officer, message, Cancellation))!;

        file.Opened.ShouldBeNull();
        file.Transfer.Basis.ShouldBe(Bureau.AgreementWith("ES"));
        file.Transfer.PersonList.ShouldBe(["undetermined"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Record_of_processing_counts_what_was_exchanged(string engine)
    {
        await using var both = await KeptBureaus.OpenAsync(engine);
        await both.ExchangeAsync();
        await both.AskAsync();

        var processing = await both.Rabat.Get<ProcessingRecord>().OfAsync(Cancellation);

        processing.Purposes.ShouldBe([new Counted("drug-trafficking", 2)]);
        processing.Persons.ShouldBe([new Counted("undetermined", 2)]);
        processing.Bases.ShouldBe([new Counted("Agreement of the example", 2)]);
        var recipient = processing.Recipients.ShouldHaveSingleItem();
        (recipient.Sent, recipient.Received, recipient.ThirdCountry).ShouldBe((2, 1, false));
        processing.Profiles.ShouldHaveSingleItem().Retention.Count.ShouldBe(5);
    }
}
