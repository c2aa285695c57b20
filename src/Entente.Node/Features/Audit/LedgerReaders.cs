using Entente.Node.Features.Accounts;

namespace Entente.Node.Features.Audit;

/// <summary>Who may read the ledger. It holds no content, so clearance does not matter.</summary>
internal static class LedgerReaders
{
    public const string Roles = nameof(Role.Auditor) + "," + nameof(Role.Protection) + "," + nameof(Role.Supervisor);

    /// <summary>Who answers for an alarm: those who read the ledger, and those who keep the links.</summary>
    public const string AlarmRoles = Roles + "," + nameof(Role.Security);

    public static readonly Role[] ForAlarms = [Role.Auditor, Role.Protection, Role.Supervisor, Role.Security];

    public static bool AnswersForAlarms(Officer officer) => ForAlarms.Any(officer.Is);
}
