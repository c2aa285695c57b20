namespace Entente.Node.Features.Audit;

/// <summary>What an alarm can be about. A closed list: the page has a title and an advice for each, in every language.</summary>
internal sealed record AlarmKind
{
    public static readonly AlarmKind LedgerShrunk = new("ledger-shrunk");
    public static readonly AlarmKind LedgerRewritten = new("ledger-rewritten");
    public static readonly AlarmKind MessageFork = new("message-fork", grave: false);
    public static readonly AlarmKind LinkFork = new("link-fork");
    public static readonly AlarmKind LinkGap = new("link-gap", grave: false);
    public static readonly AlarmKind ReceiptInvalid = new("receipt-invalid");
    public static readonly AlarmKind PartnerForgot = new("partner-forgot");
    public static readonly AlarmKind Refusals = new("refusals");

    public static readonly IReadOnlyList<AlarmKind> All =
    [
        LedgerShrunk,
        LedgerRewritten,
        MessageFork,
        LinkFork,
        LinkGap,
        ReceiptInvalid,
        PartnerForgot,
        Refusals,
    ];

    private AlarmKind(string code, bool grave = true) => (Code, IsGrave) = (code, grave);

    /// <summary>What is stored and ledgered.</summary>
    public string Code { get; }

    /// <summary>It may be a theft of keys or a lie, and more than the two operators must know today.</summary>
    public bool IsGrave { get; }

    public static AlarmKind? Find(string code) => All.FirstOrDefault(kind => kind.Code == code);
}
