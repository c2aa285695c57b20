namespace Entente.Node.Features.Accounts;

/// <summary>What an account may do. Each is also the name of an authorization policy.</summary>
public enum Role
{
    /// <summary>Liaison officer: inbox, requests, answers.</summary>
    Officer,

    /// <summary>Approvals, workload, deadlines.</summary>
    Supervisor,

    /// <summary>Cooperation desk: readings, record, instruments, commitments.</summary>
    Desk,

    /// <summary>Keys, links, accounts.</summary>
    Security,

    /// <summary>Data protection: retention, refusals, ledger.</summary>
    Protection,

    /// <summary>Reads the ledger; reads no content.</summary>
    Auditor,
}
