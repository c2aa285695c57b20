namespace Entente.Protocol;

/// <summary>The kinds of message of version 1. A message of another kind is kept readable and rejected as unsupported.</summary>
public static class Kinds
{
    public const string Request = "request";
    public const string Answer = "answer";
    public const string Information = "information";
    public const string Alert = "alert";
    public const string Proposal = "proposal";
    public const string Adoption = "adoption";
    public const string Activity = "activity";
    public const string Progress = "progress";
    public const string Permission = "permission";
    public const string Correction = "correction";

    public static IReadOnlyList<string> All { get; } =
    [Request, Answer, Information, Alert, Proposal, Adoption, Activity, Progress, Permission, Correction];

    public static bool IsKnown(string kind) => All.Contains(kind);
}
