using System.Globalization;

namespace Entente.Protocol;

/// <summary>
/// ECMAScript's Number::toString (RFC 8785 §3.2.2.3). .NET finds the same shortest digits; only their arrangement
/// differs.
/// </summary>
internal static class EcmaScriptNumber
{
    // Beyond these the exponent form is used.
    private const int MaxPlain = 21;
    private const int MinPlain = -6;

    public static string Format(double number)
    {
        if (number == 0)
            return "0"; // minus zero too
        var (digits, exponent) = Shortest(Math.Abs(number));
        var sign = number < 0 ? "-" : "";
        return sign + Arrange(digits, exponent);
    }

    /// <summary>The number is 0.digits × 10^exponent.</summary>
    private static (string Digits, int Exponent) Shortest(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var scientific = text.IndexOf('E', StringComparison.Ordinal);
        var power =
            scientific < 0
                ? 0
                : int.Parse(text.AsSpan(scientific + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = scientific < 0 ? text : text[..scientific];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = all.TrimStart('0');
        return (significant.TrimEnd('0'), power + whole - (all.Length - significant.Length));
    }

    private static string Arrange(string digits, int exponent)
    {
        if (exponent > MaxPlain || exponent <= MinPlain)
            return Scientific(digits, exponent - 1);
        if (exponent <= 0)
            return "0." + new string('0', -exponent) + digits;
        return digits.Length <= exponent
            ? digits + new string('0', exponent - digits.Length)
            : digits[..exponent] + "." + digits[exponent..];
    }

    private static string Scientific(string digits, int power)
    {
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        var sign = power < 0 ? "-" : "+";
        return mantissa + "e" + sign + Math.Abs(power).ToString(CultureInfo.InvariantCulture);
    }
}
