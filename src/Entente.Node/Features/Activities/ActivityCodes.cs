using Entente.Node.Features.Record;

namespace Entente.Node.Features.Activities;

/// <summary>The closed lists of activities, in the order in which they are offered.</summary>
internal static class ActivityCodes
{
    public const string Held = "held";
    public const string Planned = "planned";

    public static readonly IReadOnlyList<string> Kinds =
    [
        "joint-operation",
        "training",
        "expert-mission",
        "triangular-programme",
        "civil-protection-assistance",
        "experience-exchange",
    ];

    public static readonly IReadOnlyList<string> States = [Planned, "under-way", Held, "cancelled"];

    /// <summary>Those of the record, and one that only activities have. People trained are a count of their own.</summary>
    public static readonly IReadOnlyList<string> Results = [.. Codes.Results, "victims-assisted"];

    public static readonly IReadOnlyList<string> Units = ["persons", "networks", "kilograms", "items", "euros"];
}
