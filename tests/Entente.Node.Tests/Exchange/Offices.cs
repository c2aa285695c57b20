using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Exchange;

/// <summary>Two nodes' officers and what they do on the pages of the exchange, for the tests of these pages.</summary>
internal static class Offices
{
    /// <summary>Of the officer that <see cref="SignedInAsync"/> makes.</summary>
    public const string Login = "officier";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<string> AskAsync(BrowserlessClient officer) => AskAsync(officer, Fields("send"));

    public static async Task<string> AskAsync(
        BrowserlessClient officer,
        IReadOnlyList<KeyValuePair<string, string>> fields
    )
    {
        var page = await officer.GetAsync("/compose?to=liaison@es.interior", Cancellation);
        var sent = await SubmitAsync(officer, page, fields);
        sent.Url.AbsolutePath.ShouldStartWith("/cases/", customMessage: sent.Text);
        return sent.Url.AbsolutePath["/cases/".Length..];
    }

    public static Task<BrowserlessPage> SubmitAsync(
        BrowserlessClient officer,
        BrowserlessPage page,
        IReadOnlyList<KeyValuePair<string, string>> fields
    ) =>
        officer.SubmitAsync(
            page,
            "compose",
            fields,
            Cancellation,
            ("files", "note.txt", "text/plain", "pièce jointe"u8.ToArray())
        );

    public static IReadOnlyList<KeyValuePair<string, string>> Fields(string action) =>
        [
            new("action", action),
            new("subject", "Essai de bout en bout"),
            new("domain", "drug-trafficking"),
            new("urgency", "other"),
            new("basis", Bureau.AgreementWith("ES")),
            new("purpose", "Enquête inventée"),
            new("justification", "Faits inventés"),
            new("availability", "Immatriculé là-bas"),
            new("questions", "À qui appartient-il ?\nOù est-il ?"),
            new("subject.0.type", "vehicle"),
            new("subject.0.name", "TEST-0042"),
            new("subject-link", "Il a servi au transport"),
            new("handling", "H1"),
        ];

    /// <summary>What is asked about a person of that name.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> About(string name) =>
        [
            .. Fields("send").Where(field => !field.Key.StartsWith("subject.0", StringComparison.Ordinal)),
            new("subject.0.type", "person"),
            new("subject.0.name", name),
            new("subject.0.category", "suspect"),
        ];

    /// <summary>Information for the first question, under H2.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Provided { get; } =
    [
        new("action", "send"),
        new("outcome", "provided"),
        new("answer.1", "À une société inventée"),
        new("transfer-ground", "case"),
        new("transfer-reason", Drafts.Transfer.TransferReason!), // A constant of the drafts.
        new("reliability", "B"),
        new("accuracy", "2"),
        new("handling", "H2"),
    ];

    public static Task AnswerAsync(BrowserlessClient officer, string caseId) => AnswerAsync(officer, caseId, Provided);

    public static async Task AnswerAsync(
        BrowserlessClient officer,
        string caseId,
        IReadOnlyList<KeyValuePair<string, string>> fields
    )
    {
        var page = await officer.GetAsync($"/cases/{caseId}/answer", Cancellation);
        var sent = await officer.SubmitAsync(page, "answer", fields, Cancellation);
        sent.Url.AbsolutePath.ShouldBe($"/cases/{caseId}", sent.Text);
    }

    public static Task UntilAsync(BrowserlessClient officer, string path, string words) =>
        TestNode.WaitUntilAsync(async () =>
            (await officer.GetAsync(path, Cancellation)).Text.Contains(words, StringComparison.Ordinal)
        );

    public static async Task LinkAsync(TestNode rabat, TestNode madrid)
    {
        await rabat.Services.LinkAsync(await madrid.Services.CardAsync(), Bureau.Terms);
        await madrid.Services.LinkAsync(await rabat.Services.CardAsync(), Bureau.Terms);
        await Bureau.RecordAsync(rabat.Database, "ES");
    }

    public static async Task<BrowserlessClient> SignedInAsync(TestNode node, params Role[] more)
    {
        var opened = await OpenAccountAsync(node, Login, more);
        var client = new BrowserlessClient(new Uri(node.Options.Pages), TimeProvider.System, "fr");
        await client.SignInAsync(Login, opened.Password, opened.TotpSecret!, Cancellation); // Enrolled below.
        return client;
    }

    /// <summary>An officer of the unit `liaison`.</summary>
    public static async Task<OpenedAccount> OpenAccountAsync(TestNode node, string login, params Role[] more)
    {
        var units = node.Services.GetRequiredService<UnitBook>();
        var desk = node.Services.GetRequiredService<AccountDesk>();
        var unit = new Unit
        {
            Slug = "liaison",
            Names = new Dictionary<string, string> { ["fr"] = "Liaison" },
        };
        var account = new NewAccount
        {
            By = Officer.NodeActor,
            Login = login,
            Name = "Officier d’essai",
            Unit = "liaison",
            Roles = [Role.Officer, .. more],
            Clearance = 3,
            MustChangePassword = false,
            EnrolTotp = true,
        };
        await node.Database.WriteAsync(t => units.SaveAsync(t, unit, Officer.NodeActor, Cancellation), Cancellation);
        return await node.Database.WriteAsync(t => desk.CreateAsync(t, account, Cancellation), Cancellation);
    }
}
