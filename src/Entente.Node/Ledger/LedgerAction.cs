namespace Entente.Node.Ledger;

/// <summary>What was done, in the words of the log duty (Directive (EU) 2016/680 art. 25) and the protocol.</summary>
internal enum LedgerAction
{
    Collect,
    Alter,
    Consult,
    Disclose,
    Receive,
    Combine,
    Erase,
    Decide,
    SignIn,
    Administer,
}
