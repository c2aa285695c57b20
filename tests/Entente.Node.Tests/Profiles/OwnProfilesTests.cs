using System.Text.Json.Nodes;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Profiles;

/// <summary>A profile that a node's operators add: sound, signed by the node, and followed only while it is what was signed.</summary>
public sealed class OwnProfilesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Carried =>
        [.. LegalProfiles.Shipped.All.Select(profile => $"profiles/{profile.Id}/{profile.Version}.json")];

    public static TheoryData<string, string> Faults =>
        new()
        {
            { "id", "id:" },
            { "version", "version:" },
            { "language", "names.fi: missing" },
            { "flag", "refusalGrounds[0]" },
            { "twice", "stands there twice" },
            { "handling", "handling: exactly" },
            { "limit", "timeLimits: other is missing" },
            { "span", "countedFrom receipt" },
            { "erasure", "erasure not before the review" },
            { "victim", "victim is missing, or not guarded" },
            { "member", "JSON deserialization" },
        };

    [Theory, MemberData(nameof(Carried))]
    public void What_the_program_carries_is_sound(string file) =>
        ProfileCheck.Of(LegalProfiles.Read(file)).Errors.ShouldBeEmpty();

    [Theory, MemberData(nameof(Faults))]
    public void Fault_is_said_with_its_place(string fault, string said)
    {
        var check = ProfileCheck.Of(OwnProfileFile.Bytes(json => Spoil(json, fault)));

        check.Profile.ShouldBeNull();
        check.Errors.ShouldContain(
            error => error.Contains(said, StringComparison.Ordinal),
            string.Join('\n', check.Errors)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}")]
    public void File_that_is_no_profile_is_no_profile(string text) =>
        ProfileCheck.Of(System.Text.Encoding.UTF8.GetBytes(text)).Errors.ShouldNotBeEmpty();

    [Fact]
    public async Task Signed_profile_is_followed_and_an_altered_one_is_not()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var keys = services.GetRequiredService<NodeKeys>();
        var path = OwnProfileFile.Place(store.Home, keys, store.Clock.GetUtcNow());

        var own = new OwnProfiles(store.Home, keys);
        own.Files.Single().Error.ShouldBeNull();
        own.Files.Single().Signature!.By.ShouldBe("securite");
        new LegalProfiles(own.Sound).Find(OwnProfileFile.Id, OwnProfileFile.Version).ShouldNotBeNull();

        var text = await File.ReadAllTextAsync(path, Cancellation);
        await File.WriteAllTextAsync(
            path,
            text.Replace("\"eraseMonths\":", "\"eraseMonths\": ", StringComparison.Ordinal),
            Cancellation
        );
        var altered = new OwnProfiles(store.Home, keys);
        altered.Files.Single().Error.ShouldBe(new ProfileAltered());
        altered.Sound.ShouldBeEmpty();

        File.Delete(path + OwnProfiles.SignatureEnding);
        new OwnProfiles(store.Home, keys).Files.Single().Error.ShouldBe(new ProfileUnsigned());
    }

    [Fact]
    public async Task Signature_is_of_this_node_and_says_who_and_when()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var other = await TestStore.CreateAsync("Sqlite", node: "es.interior");
        await using var services = store.Services();
        await using var theirs = other.Services();
        var keys = services.GetRequiredService<NodeKeys>();
        var file = OwnProfileFile.Bytes();
        var signed = ProfileSignature.Of(file, "ma.interieur", "securite", store.Clock.GetUtcNow(), keys.Signing);

        ProfileSignature.Read(signed.ToJson()).ShouldBe(signed);
        signed.Jws.Split('.')[1].ShouldBeEmpty(); // Detached.
        signed.Against(file, keys).ShouldBeNull();
        signed.Against(file, theirs.GetRequiredService<NodeKeys>()).ShouldBe(new ProfileSignatureUnknown());
        (signed with { By = "autre" }).Against(file, keys).ShouldBe(new ProfileSignatureUnknown());
        (signed with { At = signed.At.AddDays(1) }).Against(file, keys).ShouldBe(new ProfileSignatureUnknown());
        ProfileSignature.Read("{}"u8.ToArray()).ShouldBeNull();
    }

    [Fact]
    public async Task Two_nodes_follow_a_profile_of_their_own_once_both_have_the_very_file()
    {
        await using var rabat = await TestNode.StartAsync("ma.interieur");
        await using var madrid = await TestNode.StartAsync("es.interior");
        await Offices.LinkAsync(rabat, madrid);
        await AddAsync(rabat);
        var officer = People.Protection with { Login = "securite" };
        var terms = rabat.Services.GetRequiredService<LinkTerms>();
        var own = terms.Of(1, terms.Domains, terms.Kinds, $"{OwnProfileFile.Id}@{OwnProfileFile.Version}");
        (
            await rabat.Services.GetRequiredService<TermsDesk>().ProposeAsync(officer, madrid.Id, own, Cancellation)
        ).ShouldBeNull();
        OpenTerms? open = null;
        await TestNode.WaitUntilAsync(async () =>
            (
                open = (
                    await madrid.Services.GetRequiredService<TermsRows>().OpenAsync(rabat.Id, Cancellation)
                ).SingleOrDefault()
            )
                is not null
        );

        (await AdoptAsync(madrid, officer, rabat.Id, open!.Id))
            .ShouldBeOfType<ProfileNotHere>()
            .Sha256.ShouldBe(own.ProfileSha256);
        await AddAsync(madrid);
        (await AdoptAsync(madrid, officer, rabat.Id, open.Id)).ShouldBeNull();
        await TestNode.WaitUntilAsync(async () =>
            (await rabat.Services.GetRequiredService<LinkDirectory>().FindAsync(madrid.Id, Cancellation))!
                .Settings
                .ProfileId == OwnProfileFile.Id
        );

        using var writer = await Offices.SignedInAsync(rabat);
        var caseId = await Offices.AskAsync(writer); // What the guard refuses opens no case.
        caseId.ShouldNotBeEmpty();
        var page = await writer.GetAsync("/rules/profiles", Cancellation);
        page.Text.ShouldContain("securite@ma.interieur");
        page.Text.ShouldContain(own.ProfileSha256!);
    }

    private static async Task AddAsync(TestNode node)
    {
        OwnProfileFile.Place(node.Home, node.Services.GetRequiredService<NodeKeys>(), node.Clock.GetUtcNow());
        await node.RestartAsync();
    }

    private static Task<LinkError?> AdoptAsync(
        TestNode at,
        Features.Accounts.Officer officer,
        string partner,
        string proposal
    ) => at.Services.GetRequiredService<TermsDesk>().AdoptAsync(officer, partner, proposal, Cancellation);

    private static void Spoil(JsonObject json, string fault)
    {
        JsonObject First(string list) => json[list]!.AsArray()[0]!.AsObject();
        switch (fault)
        {
            case "id":
                json["id"] = "Pair Example";
                break;
            case "version":
                json["version"] = "2026-13-01";
                break;
            case "language":
                json["names"]!.AsObject().Remove("fi");
                break;
            case "flag":
                First("refusalGrounds")["flag"] = "sure";
                break;
            case "twice":
                json["refusalGrounds"]!.AsArray().Add(First("refusalGrounds").DeepClone());
                break;
            case "handling":
                json["handling"]!.AsArray().RemoveAt(0);
                break;
            case "limit":
                var other = json["timeLimits"]!
                    .AsArray()
                    .Single(limit => limit!["code"]!.GetValue<string>() == "other");
                json["timeLimits"]!.AsArray().Remove(other);
                break;
            case "span":
                First("timeLimits")["countedFrom"] = "sending";
                break;
            case "erasure":
                First("retention")["eraseMonths"] = 0;
                break;
            case "victim":
                foreach (var category in json["subjectCategories"]!.AsArray())
                {
                    category!["guarded"] = false;
                }

                break;
            default:
                json.Remove("handling");
                break;
        }
    }
}
