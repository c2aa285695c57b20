using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Node.Web;

namespace Entente.Node.Profiles;

/// <summary>Whether a file is a profile that the guard can follow. All that is wrong is said at once, with its place.</summary>
internal static partial class ProfileCheck
{
    /// <summary>A profile is a few tens of kilobytes.</summary>
    private const int Largest = 1 << 20;
    private static readonly string[] Flags = ["verified", "recalled", "agreed"];
    private static readonly string[] When = ["always", "urgent", "subjects"];
    private static readonly string[] Urgencies = ["urgent-direct", "urgent-indirect", "other"];
    private static readonly string[] Kept = ["suspect", "convicted", "victim", "other", "no-person"];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
    };

    public static CheckedProfile Of(byte[] file)
    {
        if (file.Length > Largest)
        {
            return new CheckedProfile(null, ["the file is larger than 1 MiB"]);
        }

        try
        {
            var profile = JsonSerializer.Deserialize<LegalProfile>(file, Json);
            if (profile is null)
            {
                return new CheckedProfile(null, ["the file is null"]);
            }

            IReadOnlyList<string> errors = [.. Errors(profile)];
            var known = profile with { Sha256 = Base64Url.EncodeToString(SHA256.HashData(file)) };
            return new CheckedProfile(errors.Count == 0 ? known : null, errors);
        }
        catch (JsonException e)
        {
            return new CheckedProfile(null, [$"{e.Path ?? "$"}: {e.Message}"]);
        }
    }

    private static IEnumerable<string> Errors(LegalProfile profile) =>
        [
            .. Identity(profile),
            .. Words(profile),
            .. Values(profile).SelectMany(list => List(list.Place, list.Values)),
            .. Limits(profile),
            .. Closed("handling", profile.Handling, "H0", "H1", "H2", "H3"),
            .. Closed("evaluation.reliability", profile.Evaluation.Reliability, "A", "B", "C", "X"),
            .. Closed("evaluation.accuracy", profile.Evaluation.Accuracy, "1", "2", "3", "4"),
            .. Closed("tlp", profile.Tlp, "RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"),
            .. Closed("pap", profile.Pap, "RED", "AMBER", "GREEN", "CLEAR"),
            .. profile.SubjectCategories.Any(category => category is { Code: "victim", Guarded: true })
                ? Array.Empty<string>()
                : ["subjectCategories: victim is missing, or not guarded"],
            .. Closed("retention", profile.Retention, Kept),
            .. Periods(profile),
        ];

    private static IEnumerable<string> Identity(LegalProfile profile)
    {
        if (!Id().IsMatch(profile.Id))
        {
            yield return "id: three to sixty small letters, digits and hyphens";
        }

        if (!IsDay(profile.Version))
        {
            yield return "version: the date it holds from, as 2026-01-31";
        }

        if (!IsDay(profile.Effective.Date) || !Flags.Contains(profile.Effective.Flag))
        {
            yield return $"effective: a date as 2026-01-31, and a flag of {string.Join(", ", Flags)}";
        }

        if (string.IsNullOrWhiteSpace(profile.Source.Title))
        {
            yield return "source.title: empty";
        }
    }

    private static IEnumerable<string> Words(LegalProfile profile) =>
        [.. Languages("names", profile.Names), .. Languages("scope", profile.Scope)];

    private static IEnumerable<string> Languages(string place, IReadOnlyDictionary<string, string> texts) =>
        LabelBook
            .Languages.Where(language => !texts.TryGetValue(language, out var text) || string.IsNullOrWhiteSpace(text))
            .Select(language => $"{place}.{language}: missing")
            .Concat(
                texts.Keys.Except(LabelBook.Languages).Select(key => $"{place}.{key}: not one of the six languages")
            );

    private static IEnumerable<string> List(string place, IReadOnlyList<Sourced> values)
    {
        foreach (var (index, value) in values.Index())
        {
            var at = $"{place}[{index}] ({value.Code})";
            if (
                string.IsNullOrWhiteSpace(value.Code)
                || value.Code.Length > 60
                || value.Code.Contains(',', StringComparison.Ordinal)
            )
            {
                yield return $"{at}.code: empty, longer than 60 or with a comma";
            }

            if (string.IsNullOrWhiteSpace(value.Source))
            {
                yield return $"{at}.source: empty";
            }

            if (!Flags.Contains(value.Flag))
            {
                yield return $"{at}.flag: none of {string.Join(", ", Flags)}";
            }

            foreach (var error in Languages($"{at}.texts", value.Texts))
            {
                yield return error;
            }
        }

        foreach (var twice in values.GroupBy(value => value.Code).Where(group => group.Count() > 1))
        {
            yield return $"{place}: {twice.Key} stands there twice";
        }
    }

    private static IEnumerable<string> Limits(LegalProfile profile)
    {
        foreach (
            var limit in profile.TimeLimits.Where(limit =>
                limit.Span <= TimeSpan.Zero || limit.CountedFrom != "receipt"
            )
        )
        {
            yield return $"timeLimits ({limit.Code}): hours or days above zero, countedFrom receipt";
        }

        foreach (var urgency in Urgencies.Where(urgency => profile.Limit(urgency) is null))
        {
            yield return $"timeLimits: {urgency} is missing";
        }

        foreach (var content in profile.RequestContents.Where(content => !When.Contains(content.When)))
        {
            yield return $"requestContents ({content.Code}).when: none of {string.Join(", ", When)}";
        }

        if (profile.RefusalGrounds.Count == 0)
        {
            yield return "refusalGrounds: empty";
        }
    }

    private static IEnumerable<string> Periods(LegalProfile profile) =>
        profile
            .Retention.Where(period =>
                period.ReviewMonths <= 0
                || period.AgainMonths <= 0
                || period.EraseMonths < period.ReviewMonths
                || !Flags.Contains(period.EraseFlag)
                || string.IsNullOrWhiteSpace(period.EraseSource)
            )
            .Select(period =>
                $"retention ({period.Code}): months above zero, erasure not before the review, with its source and flag"
            );

    private static IEnumerable<string> Closed(string place, IEnumerable<Sourced> values, params string[] codes) =>
        values
            .Select(value => value.Code)
            .Order(StringComparer.Ordinal)
            .SequenceEqual(codes.Order(StringComparer.Ordinal))
            ? []
            : [$"{place}: exactly {string.Join(", ", codes)}"];

    private static IEnumerable<(string Place, IReadOnlyList<Sourced> Values)> Values(LegalProfile profile) =>
        [
            ("timeLimits", profile.TimeLimits),
            ("urgencyGrounds", profile.UrgencyGrounds),
            ("requestContents", profile.RequestContents),
            ("refusalGrounds", profile.RefusalGrounds),
            ("handling", profile.Handling),
            ("evaluation.reliability", profile.Evaluation.Reliability),
            ("evaluation.accuracy", profile.Evaluation.Accuracy),
            ("thirdParty", [profile.ThirdParty]),
            ("retention", profile.Retention),
            ("subjectCategories", profile.SubjectCategories),
            ("tlp", profile.Tlp),
            ("pap", profile.Pap),
            .. profile.OtherScales.SelectMany(scale =>
                new[] { ($"{scale.Scale}.reliability", scale.Reliability), ($"{scale.Scale}.accuracy", scale.Accuracy) }
            ),
        ];

    private static bool IsDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{2,59}$")]
    private static partial Regex Id();
}

/// <param name="Profile">Null where anything is wrong.</param>
/// <param name="Errors">Place and fault, one each.</param>
internal sealed record CheckedProfile(LegalProfile? Profile, IReadOnlyList<string> Errors);
