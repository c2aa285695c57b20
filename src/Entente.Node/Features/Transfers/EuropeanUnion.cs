namespace Entente.Node.Features.Transfers;

/// <summary>
/// The states among which the directive on data protection in law enforcement applies: towards any other, chapter V asks for
/// a documented ground. The Schengen states beside the Union apply it too.
/// </summary>
internal static class EuropeanUnion
{
    private static readonly HashSet<string> States =
    [
        .. "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".Split(' '),
        .. "CH IS LI NO".Split(' '),
    ];

    /// <summary>From a state bound by the directive to one that is not.</summary>
    public static bool IsThirdCountry(string from, string to) => States.Contains(from) && !States.Contains(to);
}
