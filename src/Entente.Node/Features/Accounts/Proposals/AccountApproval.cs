using Entente.Node.Features.Approvals;
using Entente.Node.Storage;

namespace Entente.Node.Features.Accounts.Proposals;

/// <summary>
/// What one security officer proposed for an account and another confirms. Everything is looked at again in the transaction
/// that carries it out, where nobody else writes: who proposed, who confirms, and whether the account is still as it was.
/// </summary>
internal abstract class AccountApproval : IApprovalKind
{
    public const string ProposalPage = "/administration/proposals";

    public abstract string Code { get; }

    public TimeSpan Term => TimeSpan.FromDays(7);

    public string Page => ProposalPage;

    public static string Object(string login) => $"account:{login}";

    public Task<ApprovalPlan> PlanAsync(
        Approval approval,
        ApprovalContent content,
        Officer decider,
        CancellationToken cancellation
    )
    {
        var wish = AccountWish.Read(content.Data);
        return Task.FromResult(
            ApprovalPlan.Tell(
                async (t, c) =>
                {
                    await RequireAsync(t, approval.Requester, "requester-gone", c);
                    if (decider.Login != Officer.NodeActor)
                    {
                        await RequireAsync(t, decider.Login, "decider-gone", c);
                    }

                    return await CarryOutAsync(t, wish, approval.Requester, c);
                }
            )
        );
    }

    public Task RefusedAsync(Transaction transaction, Approval approval, CancellationToken cancellation) =>
        Task.CompletedTask; // The account is as it was.

    /// <returns>The one-time password, where one was made.</returns>
    protected abstract Task<string?> CarryOutAsync(
        Transaction t,
        AccountWish wish,
        string by,
        CancellationToken cancellation
    );

    /// <summary>Who lost the role or the account between proposing and confirming hands out nothing any more.</summary>
    private static async Task RequireAsync(Transaction t, string login, string obstacle, CancellationToken cancellation)
    {
        var account = await AccountRows.ByLoginAsync(t, login, cancellation);
        if (account is not { Active: true } || !account.Roles.Contains(Role.Security))
        {
            throw new ApprovalOvertaken(obstacle);
        }
    }
}

internal sealed class AccountOpening(AccountDesk desk) : AccountApproval
{
    public const string Name = "account-open";

    public override string Code => Name;

    protected override async Task<string?> CarryOutAsync(
        Transaction t,
        AccountWish wish,
        string by,
        CancellationToken cancellation
    )
    {
        if (await AccountRows.ByLoginAsync(t, wish.Login, cancellation) is not null)
        {
            throw new ApprovalOvertaken("login-taken");
        }

        var account = new NewAccount
        {
            By = by,
            Login = wish.Login,
            Name = wish.Wanted.Name,
            Unit = wish.Wanted.Unit,
            Roles = wish.Wanted.Roles,
            Clearance = wish.Wanted.Clearance,
        };
        return (await desk.CreateAsync(t, account, cancellation)).Password;
    }
}

internal sealed class AccountChange(AccountDesk desk) : AccountApproval
{
    public const string Name = "account-change";

    public override string Code => Name;

    protected override async Task<string?> CarryOutAsync(
        Transaction t,
        AccountWish wish,
        string by,
        CancellationToken cancellation
    )
    {
        var account = await AccountRows.ByLoginAsync(t, wish.Login, cancellation);
        if (account is null || wish.Before is null || !AccountStanding.Of(account).IsAs(wish.Before))
        {
            throw new ApprovalOvertaken("changed"); // What was confirmed is not what would come about.
        }

        var why = wish.Wanted.Active && !account.Active ? "account-reopened" : "account-changed";
        (account.Name, account.Unit, account.Roles) = (wish.Wanted.Name, wish.Wanted.Unit, wish.Wanted.Roles);
        (account.Clearance, account.Active) = (wish.Wanted.Clearance, wish.Wanted.Active);
        await desk.ChangeAsync(t, account, by, why, cancellation);
        return null;
    }
}

internal sealed class AccountReset(AccountDesk desk) : AccountApproval
{
    public const string Name = "account-reset";

    public override string Code => Name;

    protected override async Task<string?> CarryOutAsync(
        Transaction t,
        AccountWish wish,
        string by,
        CancellationToken cancellation
    )
    {
        var account = await AccountRows.ByLoginAsync(t, wish.Login, cancellation);
        if (account is null || account.Active != wish.Before?.Active)
        {
            throw new ApprovalOvertaken("changed");
        }

        return (await desk.ResetAsync(t, account, by, enrolTotp: false, cancellation)).Password;
    }
}
