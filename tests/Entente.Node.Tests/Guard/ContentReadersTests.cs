using System.Reflection;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Breach;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Meetings;
using Entente.Node.Features.Protection;
using Entente.Node.Features.Rights;
using Entente.Node.Features.Texts;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Guard;

/// <summary>
/// Whoever opens content asks the guard. Found in the compiled program: every type that calls what opens either takes the
/// guard's door too or stands here with the reason why nobody is shown anything by it.
/// </summary>
public sealed class ContentReadersTests
{
    private static readonly Type[] Doors = [typeof(UseDoor), typeof(DisclosureGuard)];

    /// <summary>Types that open messages or sealed content without asking, and why that shows nobody anything.</summary>
    private static readonly Dictionary<string, string> Excused = new()
    {
        // What opens for others: `Handed` says for whom, and they ask.
        [nameof(MessageStore)] = "opens for those who are judged here one by one",
        [nameof(SeenMessages)] = "opens for those who are judged here one by one",
        ["CorrectionWords"] = "the words of a notice, told again to whom they were meant",
        ["ApprovalRows"] = "opens for the approvals, which know their rank: who decides is cleared for it",
        ["Drafting"] = "opens for the joint texts, which ask",
        ["Minutes"] = "opens for a meeting's page, once the meeting itself was judged",
        // No message and no case in it.
        ["AccountStore"] = "an account's own second factor",
        ["CalendarFeeds"] = "the secret of an officer's own calendar feed",
        ["CookieKeys"] = "the node's own keys",
        ["DraftFileRow"] = "the key of a file that its own officer brought, found by officer",
        // The protection office's own register: its role alone, and no message in it.
        ["BreachBook"] = "a breach's own words",
        ["Extensions"] = "the reason of an extension",
        ["ProtectionBook"] = "the register of protected persons",
        ["RightsBook"] = "a person's own application and the letter that two officers approved",
        // Shows nobody anything: codes are taken from it, or bytes are moved.
        ["ActivityProjection"] = "holds one side's account against the other's",
        ["AnswerRelease"] = "sends what was judged when it was written",
        ["BreachNotices"] = "takes the domain and the basis; the notice it writes is judged",
        ["ContentCheck"] = "verifies that contents open",
        [nameof(ForeignContents)] = "takes the purpose of our own request, to judge what else the answer may serve",
        ["ExchangeRecovery"] = "finds what a returned message had passed on, by the originators it names",
        ["CorrectionCompletion"] = "joins returned notices to their corrections",
        ["RecoveryShelf"] = "hands back to a partner what is the partner's own",
        ["MessageFollower"] =
            "hands on to those who take the categories of persons, the codes of what left, or keyed hashes of words",
        ["TextReception"] = "takes the order of a joint text's turns, to refuse one that is out of its place",
        ["Sealer"] = "puts what was judged into its envelope",
    };

    /// <summary>What opens content for others, and who may call it.</summary>
    private static readonly Dictionary<(Type Type, string Method), string[]> Handed = new()
    {
        [(typeof(CaseBook), nameof(CaseBook.NotesAsync))] = [nameof(CaseReader), "CaseDerivations"],
        [(typeof(ApprovalRows), nameof(ApprovalRows.ContentAsync))] = ["ApprovalBook", "ApprovalDesk"],
        [(typeof(ApprovalRows), nameof(ApprovalRows.VoicesAsync))] = ["ApprovalBook", "ApprovalDesk"],
        [(typeof(Minutes), nameof(Minutes.OfAsync))] = ["PlannedMeetingPage"],
        [(typeof(Drafting), nameof(Drafting.OfAsync))] = [nameof(TextBook), "DraftDesk"],
        [(typeof(TextBook), nameof(TextBook.ViewAsync))] = ["TextProjector"],
        [(typeof(BreachBook), nameof(BreachBook.FindAsync))] =
        [
            "BreachDesk",
            "BreachNotices",
            "BreachPage",
            "BreachDoors",
        ],
        [(typeof(RightsBook), nameof(RightsBook.FindAsync))] =
        [
            "RightsDesk",
            "RightsLetterApproval",
            "RightsCasePage",
            "RightsLetterPage",
            "RightsDoors",
        ],
    };

    [Fact]
    public void Every_type_that_opens_content_asks_the_guard_or_says_why_not() =>
        Opening()
            .Where(name => !Asks(name))
            .Except(Excused.Keys)
            .Order(StringComparer.Ordinal)
            .ShouldBeEmpty("take UseDoor, or say here why nobody is shown anything");

    [Fact]
    public void Nobody_is_excused_who_opens_nothing_or_asks() =>
        Excused.Keys.Where(name => !Opening().Contains(name) || Asks(name)).ShouldBeEmpty();

    [Fact]
    public void What_is_opened_for_others_is_handed_to_those_alone_who_ask()
    {
        foreach (var ((type, method), callers) in Handed)
        {
            Openers
                .Of(called => called.DeclaringType == type && called.Name == method)
                .Where(name => name != type.Name)
                .Except(callers)
                .ShouldBeEmpty($"{type.Name}.{method} opens content without asking");
        }
    }

    [Fact]
    public void No_page_and_no_endpoint_opens_content_itself() =>
        Opening()
            .Where(name =>
                name.EndsWith("Door", StringComparison.Ordinal) || name.EndsWith("Doors", StringComparison.Ordinal)
            )
            .Concat(Opening().Where(IsPage))
            .ShouldBeEmpty("a page asks its desk, and the desk asks the guard");

    [Fact]
    public void The_test_finds_a_reader() => Opening().ShouldContain(nameof(CaseReader));

    private static IReadOnlySet<string> Opening() =>
        Openers.Of(called =>
            (called.DeclaringType == typeof(MessageStore) && called.Name is "OpenAsync" or "OpenCaseAsync")
            || (called.DeclaringType == typeof(SeenMessages) && called.Name == nameof(SeenMessages.OpenAsync))
            || (called.DeclaringType == typeof(ContentSeal) && called.Name == nameof(ContentSeal.Open))
        );

    private static bool Asks(string name) => Types(name).Any(type => Doors.Any(door => Takes(type, door)));

    private static bool IsPage(string name) =>
        Types(name).Any(type => type.IsAssignableTo(typeof(Microsoft.AspNetCore.Components.IComponent)));

    private static IEnumerable<Type> Types(string name) =>
        typeof(UseDoor).Assembly.GetTypes().Where(type => type.Name == name);

    private static bool Takes(Type type, Type wanted) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == wanted));
}
