using Entente.Node.Features.Accounts;

namespace Entente.Node.Features.Approvals;

/// <summary>Something that goes ahead only with a second person's word.</summary>
public sealed record Approval
{
    public const string Waiting = "waiting";
    public const string Granted = "granted";
    public const string Refused = "refused";
    public const string Lapsed = "lapsed";
    public const string Withdrawn = "withdrawn";

    private const string AccountPrefix = "account:";

    public required string Id { get; init; }

    /// <summary>Code of the registered kind.</summary>
    public required string Kind { get; init; }

    /// <summary>As in the ledger: `draft:0192…`.</summary>
    public required string Object { get; init; }
    public string? Partner { get; init; }
    public required int Rank { get; init; }

    /// <summary>Login of who asked.</summary>
    public required string Requester { get; init; }
    public required string Unit { get; init; }

    /// <summary>The guard's rules that asked for it, joined by commas.</summary>
    public required string Rules { get; init; }

    /// <summary>Whose voices are needed, joined by commas.</summary>
    public required string Roles { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>After this it has lapsed: silence grants nothing.</summary>
    public required DateTimeOffset DueAt { get; init; }
    public required string State { get; init; }
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Login of the person whose access it is about; null where it is about something else.</summary>
    public string? Account =>
        Object.StartsWith(AccountPrefix, StringComparison.Ordinal) ? Object[AccountPrefix.Length..] : null;

    public IReadOnlyList<string> RuleList => Rules.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<Role> RoleList =>
        [.. Roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>)];

    /// <summary>From when on a substitute may decide.</summary>
    public DateTimeOffset SubstitutesFrom => AskedAt + ((DueAt - AskedAt) / 2);
}

/// <summary>What is asked, before it has a number.</summary>
/// <param name="Roles">Each must be heard; one person may speak for several.</param>
public sealed record ApprovalRequest(
    string Kind,
    string Object,
    string? Partner,
    int Rank,
    IReadOnlyList<string> Rules,
    IReadOnlyList<Role> Roles,
    ApprovalContent Content
);

/// <summary>What is sealed with it.</summary>
/// <param name="Title">One line for the queue's detail page.</param>
/// <param name="Reason">Why the requester asks.</param>
/// <param name="Shown">What the decider reads: the very words that would go.</param>
/// <param name="Data">The kind's own, to carry the thing out.</param>
public sealed record ApprovalContent(string Title, string Reason, string Shown, string Data);

/// <summary>An approval with its content and the voices heard, for one who may see it.</summary>
public sealed record ApprovalFile(
    Approval Approval,
    ApprovalContent? Content,
    IReadOnlyList<ApprovalVoice> Voices,
    bool MayDecide
);

public sealed record ApprovalVoice(
    Role Role,
    string Officer,
    string? OnBehalf,
    bool Granted,
    DateTimeOffset At,
    string Reason
);
