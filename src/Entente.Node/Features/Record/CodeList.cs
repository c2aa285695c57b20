namespace Entente.Node.Features.Record;

/// <summary>
/// Several codes as one SQL parameter, ` DE ES `, for `@Partners LIKE '% ' || country || ' %'`: the one test of membership
/// that both engines understand.
/// </summary>
internal static class CodeList
{
    public static string Of(IReadOnlyList<string> codes) => $" {string.Join(' ', codes)} ";
}
