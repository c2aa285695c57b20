using Entente.Node.Features.Approvals;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Accounts.Proposals;

/// <summary>Administration by two persons: what gives power is proposed here, and waits among the approvals.</summary>
internal sealed class AccountProposals(
    Database database,
    AccountOffice office,
    AccountStore store,
    ApprovalDesk approvals,
    LedgerLog ledger
)
{
    public const int LongestReason = 500;

    /// <returns>The proposal's number, or what is wrong with it.</returns>
    public async Task<(string? Proposal, AccountError? Error)> OpenAsync(
        Officer by,
        NewAccount wanted,
        string? reason,
        CancellationToken cancellation
    )
    {
        var (account, error) = await office.CheckAsync(wanted, cancellation);
        return account is null
            ? (null, error)
            : await ProposeAsync(
                by,
                AccountOpening.Name,
                new AccountWish(account.Login, null, AccountStanding.Of(account)),
                reason,
                cancellation
            );
    }

    /// <summary>What takes away, or corrects a name, is done at once; what gives anything waits as a whole.</summary>
    /// <param name="account">As read, with the changes wanted.</param>
    /// <returns>Null and null: it is done.</returns>
    public async Task<(string? Proposal, AccountError? Error)> ChangeAsync(
        Officer by,
        Account account,
        string why,
        string? reason,
        CancellationToken cancellation
    )
    {
        var (stored, error) = await office.CheckAsync(account, by.Login, cancellation);
        if (error is not null)
        {
            return (null, error);
        }

        var wanted = AccountStanding.Of(account);
        return wanted.Gives(stored)
            ? await ProposeAsync(
                by,
                AccountChange.Name,
                new AccountWish(account.Login, stored, wanted),
                reason,
                cancellation
            )
            : (null, await office.ChangeAsync(account, by.Login, why, cancellation));
    }

    public Task<(string? Proposal, AccountError? Error)> ResetAsync(
        Officer by,
        Account account,
        string? reason,
        CancellationToken cancellation
    )
    {
        var standing = AccountStanding.Of(account);
        return account.Login == by.Login
            ? Task.FromResult<(string?, AccountError?)>((null, new AccountError.OwnAccount()))
            : ProposeAsync(
                by,
                AccountReset.Name,
                new AccountWish(account.Login, standing, standing),
                reason,
                cancellation
            );
    }

    /// <summary>Names of those who could confirm: security officers who can sign in, neither the proposer nor the person concerned.</summary>
    public async Task<IReadOnlyList<string>> ConfirmersAsync(
        string proposer,
        string concerned,
        CancellationToken cancellation
    ) =>
        [
            .. (await store.GetUsersInRoleAsync(nameof(Role.Security), cancellation))
                .Where(account => account.Active && account.Login != proposer && account.Login != concerned)
                .Select(account => account.Name)
                .Order(StringComparer.CurrentCulture),
        ];

    private async Task<(string? Proposal, AccountError? Error)> ProposeAsync(
        Officer by,
        string kind,
        AccountWish wish,
        string? reason,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            return (null, new AccountError.ReasonMissing());
        }

        var about = AccountApproval.Object(wish.Login);
        var content = new ApprovalContent(wish.Login, reason.Trim(), "", wish.Write());
        var request = new ApprovalRequest(kind, about, null, 0, [], [Role.Security], content);
        return await database.WriteAsync<(string?, AccountError?)>(
            async t =>
            {
                if (await approvals.WaitsAsync(t, about, cancellation))
                {
                    return (null, new AccountError.ProposalWaits());
                }

                var leaf = new LedgerEvent(by.Login, LedgerAction.Administer, about, $"{kind}-proposed");
                await ledger.AppendAsync(t, leaf, cancellation);
                return (await approvals.AskAsync(t, by, request, cancellation), null);
            },
            cancellation
        );
    }
}
