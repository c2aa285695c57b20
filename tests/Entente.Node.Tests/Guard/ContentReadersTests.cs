using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Entente.Node.Features.Delivery;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Guard;

/// <summary>
/// Whoever can open content asks the guard. A type that takes the message store or the seal, and a source file that opens
/// something with them, either takes the guard's door too or stands here with the reason why it need not.
/// </summary>
public sealed partial class ContentReadersTests
{
    private static readonly Type[] Doors = [typeof(UseDoor), typeof(DisclosureGuard)];

    /// <summary>Types that open content by themselves without asking, and why that shows nobody anything.</summary>
    private static readonly Dictionary<string, string> Excused = new()
    {
        ["MessageStore"] = "what opens; it is asked by those who asked the guard",
        ["Outbox"] = "seals",
        ["AccountStore"] = "an account's own second factor, no message",
        ["CookieKeys"] = "the node's own keys, no message",
        ["ApprovalRows"] = "read through ApprovalBook and ApprovalDesk, which check who may decide and their clearance",
        ["ProtectionDesk"] = "behind the data-protection role; no message",
        ["KeptDrafts"] = "opened by CaseReader, which asks",
        ["AnswerRelease"] = "sends what was judged when it was written",
    };

    /// <summary>Moves sealed content about, or makes something of it for another place that asks.</summary>
    private static readonly Dictionary<string, string> Transport = new()
    {
        ["Sealer"] = "puts what was judged into its envelope",
        ["ReceivingTransaction"] = "stores what came; the guard judges it at the door",
        ["RecoveryShelf"] = "keeps what a partner returned to a restored node",
        ["ReturnedKeeping"] = "stores what a partner returned to a restored node",
        ["ContentCheck"] = "verifies that contents open; shows none",
        ["CaseDesk"] = "seals notes; opens messages through CaseReader, which asks",
        ["DraftFiles"] = "the officer's own files of a draft",
        ["PermissionReception"] = "reads what a partner asks, inside the receiver's transaction",
        ["RetentionFollower"] = "reads which categories of persons a message names, to know how long it is kept",
        ["Extensions"] = "seals and opens the reason of an extension, behind the data-protection role",
        ["TransferFollower"] = "writes the transfer file of what leaves",
        ["TransferBook"] = "opens messages through CaseReader, which asks",
        ["BreachBook"] = "a breach's own words, behind the data-protection role",
        ["BreachDesk"] = "a breach's own words, behind the data-protection role",
        ["BreachNotices"] = "writes notices about a breach",
        ["CaseDerivations"] = "says what was made of a message, by ids",
        ["CorrectionChoices"] = "offers what can be corrected, by ids",
        ["CorrectionDesk"] = "opens the partner's notice of a correction for those whose case it is",
        ["CorrectionNotices"] = "writes notices for those the message went on to",
        ["CorrectionReception"] = "reads a partner's notice, inside the receiver's transaction",
        ["RightsBook"] = "a person's own application, behind the data-protection role",
        ["RightsDesk"] = "a person's own application, behind the data-protection role",
        ["RightsLetterApproval"] = "a letter to the person, behind the data-protection role",
        ["CalendarFeeds"] = "the secret of an officer's own calendar feed, no message",
        ["Minutes"] = "the desk's minutes of a meeting, no message",
        ["Drafting"] = "joint texts, which are written to be read by both partners",
    };

    [Fact]
    public void Every_type_that_can_open_content_asks_the_guard_or_says_why_not()
    {
        var readers = typeof(UseDoor)
            .Assembly.GetTypes()
            .Where(type => Takes(type, typeof(MessageStore)) || Takes(type, typeof(ContentSeal)))
            .Where(type => !Doors.Any(door => Takes(type, door)))
            .Select(type => type.Name)
            .Where(name => !Excused.ContainsKey(name))
            .Order(StringComparer.Ordinal);

        readers.Except(Transport.Keys).ShouldBeEmpty("take UseDoor, or say here why nobody is shown anything");
    }

    [Fact]
    public void No_page_and_no_endpoint_opens_content_itself()
    {
        var doors = Directory
            .EnumerateFiles(Source(), "*.*", SearchOption.AllDirectories)
            .Where(file =>
                file.EndsWith(".razor", StringComparison.Ordinal)
                || file.EndsWith("Doors.cs", StringComparison.Ordinal)
                || file.EndsWith("Door.cs", StringComparison.Ordinal)
            )
            .Where(file =>
                !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)
            )
            .Where(file => Opens().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName);

        doors.ShouldBeEmpty("a page asks its desk, and the desk asks the guard");
    }

    [Fact]
    public void Nobody_is_excused_who_no_longer_opens_anything()
    {
        var readers = typeof(UseDoor)
            .Assembly.GetTypes()
            .Where(type => Takes(type, typeof(MessageStore)) || Takes(type, typeof(ContentSeal)))
            .Select(type => type.Name)
            .ToHashSet();

        Excused.Keys.Concat(Transport.Keys).Where(name => !readers.Contains(name)).ShouldBeEmpty();
    }

    private static bool Takes(Type type, Type wanted) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == wanted));

    private static string Source([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Entente.Node")); // A file has a folder.

    [GeneratedRegex(@"\b(messages|store|Messages|seal)\.(OpenAsync|OpenCaseAsync|Open)\(")]
    private static partial Regex Opens();
}
