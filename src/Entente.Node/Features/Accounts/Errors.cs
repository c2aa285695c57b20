namespace Entente.Node.Features.Accounts;

/// <summary>What a person can get wrong with accounts; the label says it in their language.</summary>
internal abstract record AccountError(string Label)
{
    internal sealed record LoginMalformed() : AccountError("accounts.error.login-malformed");

    internal sealed record LoginTaken() : AccountError("accounts.error.login-taken");

    internal sealed record NameMissing() : AccountError("accounts.error.name-missing");

    internal sealed record UnitUnknown() : AccountError("accounts.error.unit-unknown");

    internal sealed record UnitMalformed() : AccountError("accounts.error.unit-malformed");

    internal sealed record RoleMissing() : AccountError("accounts.error.role-missing");

    /// <summary>Nobody closes their own account, or changes what it opens.</summary>
    internal sealed record OwnAccount() : AccountError("accounts.error.own-account");

    /// <summary>It gives somebody power over what is kept here: it is proposed, and a second security officer confirms it.</summary>
    internal sealed record TakesTwo() : AccountError("accounts.error.takes-two");

    internal sealed record ReasonMissing() : AccountError("accounts.error.reason-missing");

    /// <summary>One proposal at a time: whoever confirms knows what the account will be.</summary>
    internal sealed record ProposalWaits() : AccountError("accounts.error.proposal-waits");

    internal sealed record ChangedMeanwhile() : AccountError("accounts.error.changed-meanwhile");

    internal sealed record PasswordWrong() : AccountError("accounts.error.password-wrong");

    internal sealed record PasswordWeak() : AccountError("accounts.error.password-weak");

    internal sealed record PasswordsDiffer() : AccountError("accounts.error.passwords-differ");

    internal sealed record PasswordUnchanged() : AccountError("accounts.error.password-unchanged");

    internal sealed record CodeWrong() : AccountError("accounts.error.code-wrong");

    internal sealed record PasskeyRefused() : AccountError("accounts.error.passkey-refused");
}
