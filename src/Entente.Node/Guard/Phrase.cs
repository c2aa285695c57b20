using System.Globalization;
using Entente.Node.Web;

namespace Entente.Node.Guard;

/// <summary>
/// Words for the user that are chosen before their language is known: a label and what fills it. An argument that is
/// itself a label key is said in the same language.
/// </summary>
public sealed record Phrase(string Key, params IReadOnlyList<string> Arguments)
{
    // What a profile names as its source where it has no law to cite.
    internal const string ByAgreement = "by agreement of the two partners";

    internal string Say(LabelBook book, string language)
    {
        object[] arguments =
        [
            .. Arguments.Select(argument =>
                argument == ByAgreement ? book.Text("guard.source.agreement", language)
                : book.All.ContainsKey(argument) ? book.Text(argument, language)
                : argument
            ),
        ];
        return string.Format(CultureInfo.InvariantCulture, book.Text(Key, language), arguments);
    }

    public bool Equals(Phrase? other) =>
        other is not null && Key == other.Key && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}
