using Entente.Node.Features.Accounts;

namespace Entente.Node.Features.Transfers;

internal static class TransferReaders
{
    /// <summary>The list and the record of processing.</summary>
    public const string List = nameof(Role.Protection) + "," + nameof(Role.Auditor) + "," + nameof(Role.Supervisor);

    /// <summary>One file; its words only for those who work on cases.</summary>
    public const string One = List + "," + nameof(Role.Officer);
}
