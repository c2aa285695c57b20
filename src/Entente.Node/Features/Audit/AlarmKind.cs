namespace Entente.Node.Features.Audit;

/// <summary>What an alarm can be about. A closed list: the page has a title and an advice for each, in every language.</summary>
internal sealed record AlarmKind
{
    public static readonly AlarmKind LedgerShrunk = new("ledger-shrunk");
    public static readonly AlarmKind LedgerRewritten = new("ledger-rewritten");
    public static readonly AlarmKind MessageFork = new("message-fork");
    public static readonly AlarmKind LinkFork = new("link-fork");
    public static readonly AlarmKind LinkGap = new("link-gap");
    public static readonly AlarmKind ReceiptInvalid = new("receipt-invalid");
    public static readonly AlarmKind PartnerForgot = new("partner-forgot");

    public static readonly IReadOnlyList<AlarmKind> All =
    [
        LedgerShrunk,
        LedgerRewritten,
        MessageFork,
        LinkFork,
        LinkGap,
        ReceiptInvalid,
        PartnerForgot,
    ];

    private AlarmKind(string code) => Code = code;

    /// <summary>What is stored and ledgered.</summary>
    public string Code { get; }
}
