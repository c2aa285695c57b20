namespace Entente.Node.Features.Texts;

/// <summary>The kinds of joint text, in the order of a list of choices. They are the record's types of instrument.</summary>
internal static class TextKinds
{
    /// <summary>Agreed in the same way, and no instrument.</summary>
    public const string Meeting = "meeting";

    public static readonly IReadOnlyList<string> All =
    [
        "joint-communique",
        "declaration-of-intent",
        "memorandum",
        "roadmap",
        "protocol",
        "action-plan",
        "agreement",
    ];
}
