using Entente.Node.Documents;
using Entente.Node.Features.Briefing;
using Entente.Node.Features.Texts;
using Entente.Node.Guard;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Tests.Guard;

/// <summary>
/// Whatever leaves the house as a file or on paper asks the guard's door for that. Found in the compiled program, method by
/// method: each that hands out a file or makes a document reaches <see cref="ExitDoor"/> or says here why it need not.
/// </summary>
public sealed class ContentExitsTests
{
    private static readonly Dictionary<string, string> Excused = new()
    {
        // Judged elsewhere.
        ["EvidenceDoors.MakeAsync"] = "the evidence desk asks the guard with all facts of the message opened",
        ["CaseDoors.FileAsync"] = "to read an attachment is to save it: the case reader judges it as reading",
        ["RightsDoors.WordAsync"] = "each item of the letter was judged as an export when it was written",
        ["Letter.ToWord"] = "makes it for that door",
        ["TextDocument.WriteAsync"] = "makes it for the doors that are judged here",
        ["BriefingDocument.Write"] = "makes it for the doors that are judged here",
        // No content of a message.
        ["BreachDoors.WordAsync"] = "the protection office's own words, for the authority it answers to",
        ["LedgerExport.WriteAsync"] = "the ledger, which holds no content",
        ["MeetingDoors.CalendarAsync"] = "dates and states' names for an officer's own calendar",
        ["CardDoor.DownloadAsync"] = "the node's public card",
        ["AssetFiles.Serve"] = "the program's own files",
    };

    [Fact]
    public void Every_file_that_leaves_asks_the_door_or_says_why_not() =>
        Leaving()
            .Except(Asking())
            .Except(Excused.Keys)
            .Order(StringComparer.Ordinal)
            .ShouldBeEmpty("ask ExitDoor.LeaveAsync, or say here why nothing leaves by it");

    [Fact]
    public void Nobody_is_excused_who_hands_out_nothing_or_asks() =>
        Excused.Keys.Where(name => !Leaving().Contains(name) || Asking().Contains(name)).ShouldBeEmpty();

    [Fact]
    public void Every_page_for_paper_asks_the_door() =>
        typeof(ExitDoor)
            .Assembly.GetTypes()
            .Where(type => type.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>().Any(IsPaper))
            .Where(type => !Asking().Any(method => method.StartsWith(type.Name + ".", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Fact]
    public void The_test_finds_an_export() => Leaving().ShouldContain("StatisticsDoor.FileAsync");

    private static bool IsPaper(RouteAttribute route) => route.Template.Contains("print", StringComparison.Ordinal);

    private static IReadOnlySet<string> Asking() =>
        Openers.Reaching(called =>
            called.DeclaringType == typeof(ExitDoor) && called.Name == nameof(ExitDoor.LeaveAsync)
        );

    private static IReadOnlySet<string> Leaving() =>
        Openers.Methods(called =>
            (
                (called.DeclaringType == typeof(Results) || called.DeclaringType == typeof(TypedResults))
                && called.Name is "File" or "Stream" or "Bytes" or "PhysicalFile" or "VirtualFile" or "Text"
            )
            || called.Name == "set_ContentDisposition"
            || (called.DeclaringType == typeof(WordDocument) && called.Name == nameof(WordDocument.ToBytes))
            || (called.DeclaringType == typeof(BriefingDocument) && called.Name == nameof(BriefingDocument.Write))
            || (called.DeclaringType == typeof(TextDocument) && called.Name == nameof(TextDocument.WriteAsync))
        );
}
