using System.Security.Claims;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Web.Help;

/// <summary>A task that the help page explains step by step: labels `help.ID.1`, `help.ID.2`, ….</summary>
/// <param name="Title">The label that heads it: a place's own name where it has one.</param>
/// <param name="Roles">Whose task it is; none means everybody's.</param>
internal sealed record HelpTopic(string Id, string Title, string Icon, int Steps, params Role[] Roles)
{
    private static readonly Role[] Cases = [Role.Officer, Role.Supervisor];
    private static readonly Role[] Relations = [Role.Desk, Role.Officer, Role.Supervisor];

    public static readonly IReadOnlyList<HelpTopic> All =
    [
        new("answer", "help.answer.title", "inbox", 2, Cases),
        new("ask", "help.ask.title", "edit", 3, Cases),
        new("alert", "exchange.compose.alert", "alert-triangle", 3, Cases),
        new("permission", "help.permission.title", "share-3", 2, Cases),
        new("deadline", "help.deadline.title", "hourglass", 2, Cases),
        new("duty", "duty.title", "clock-hour-4", 2, Cases),
        new("correct", "nav.corrections", "refresh", 2, Role.Officer, Role.Supervisor, Role.Protection),
        new("evidence", "evidence.title", "file-certificate", 2, Cases),
        new("record", "nav.record", "building-bank", 2, Relations),
        new("meeting", "nav.meetings", "calendar", 2, Relations),
        new("text", "nav.texts", "signature", 3, Relations),
        new("activity", "nav.activities", "users-group", 2, Relations),
        new("commitment", "nav.commitments", "checkbox", 2, Relations),
        new("read", "help.read.title", "file-search", 3, Role.Desk),
        new("links", "nav.links", "affiliate", 3, Role.Security),
        new("accounts", "nav.administration", "settings", 2, Role.Security),
        new("approval", "nav.approvals", "checks", 2),
        new("ledger", "nav.ledger", "list-check", 2, Role.Auditor, Role.Protection, Role.Supervisor),
        new("alarm", "nav.alarms", "bell", 2, Role.Auditor, Role.Protection, Role.Supervisor, Role.Security),
        new("transfers", "nav.transfers", "file-description", 2, Role.Auditor, Role.Protection, Role.Supervisor),
        new("retention", "nav.retention", "archive", 2, Role.Protection, Role.Supervisor),
        new("rights", "nav.rights", "user-question", 3, Role.Protection, Role.Supervisor),
        new("breach", "nav.breach", "alert-circle", 3, Role.Protection, Role.Security),
        new("protection", "nav.protection", "shield-lock", 2, Role.Protection),
        new("signin", "help.signin.title", "password-fingerprint", 3),
        new("trouble", "help.trouble.title", "help-circle", 3),
    ];

    // The first that fits: what is deeper stands before what it lies in.
    private static readonly (string Path, string Topic)[] Places =
    [
        ("/inbox/alerts", "duty"),
        ("/inbox", "answer"),
        ("/duty", "duty"),
        ("/alerts", "alert"),
        ("/compose", "ask"),
        ("/outbox", "ask"),
        ("/cases", "answer"),
        ("/corrections", "correct"),
        ("/record", "record"),
        ("/briefing", "record"),
        ("/meetings", "meeting"),
        ("/texts", "text"),
        ("/activities", "activity"),
        ("/commitments", "commitment"),
        ("/readings", "read"),
        ("/links", "links"),
        ("/administration", "accounts"),
        ("/approvals", "approval"),
        ("/ledger/alarms", "alarm"),
        ("/ledger", "ledger"),
        ("/transfers", "transfers"),
        ("/retention", "retention"),
        ("/rights", "rights"),
        ("/breaches", "breach"),
        ("/protection", "protection"),
        ("/guard/try", "protection"),
        ("/account", "signin"),
        ("/sign-in", "signin"),
    ];

    /// <summary>What explains a page; null where nothing does.</summary>
    public static HelpTopic? Of(PathString page)
    {
        var id = Array.Find(Places, place => page.StartsWithSegments(place.Path, StringComparison.Ordinal)).Topic;
        return All.FirstOrDefault(topic => topic.Id == id);
    }

    /// <summary>Everything for those who have not signed in: it tells nothing of anybody.</summary>
    public bool IsFor(ClaimsPrincipal reader) =>
        Roles.Length == 0
        || reader.Identity is not { IsAuthenticated: true }
        || Roles.Any(role => reader.IsInRole(role.ToString()));
}
