using System.Text.Json;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>
/// A link's terms as they go from one node to the other, in a `proposal` and back in an `adoption`. The profile goes with
/// its file's hash: both sign the very rules.
/// </summary>
public sealed record ProposedTerms(
    int Version,
    string ProfileId,
    string ProfileVersion,
    string ProfileSha256,
    int CeilingRank,
    IReadOnlyList<string> Domains,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string>? DataCategories,
    IReadOnlyList<LevelEquivalence>? Equivalences
)
{
    public static ProposedTerms Of(LinkSettings settings, string profileSha256) =>
        new(
            settings.Version,
            settings.ProfileId,
            settings.ProfileVersion,
            profileSha256,
            settings.CeilingRank,
            [.. settings.Domains.Order(StringComparer.Ordinal)],
            [.. settings.Kinds.Order(StringComparer.Ordinal)],
            settings.DataCategories is null ? null : [.. settings.DataCategories.Order(StringComparer.Ordinal)],
            settings.Equivalences
        );

    /// <summary>As the receiver keeps them: what is ours to the proposer is theirs here.</summary>
    /// <param name="turned">Whether they were written by the other side.</param>
    public LinkSettings ToSettings(bool turned) =>
        new()
        {
            Version = Version,
            ProfileId = ProfileId,
            ProfileVersion = ProfileVersion,
            ProfileSha256 = ProfileSha256,
            CeilingRank = CeilingRank,
            Domains = Domains.ToHashSet(StringComparer.Ordinal),
            Kinds = Kinds.ToHashSet(StringComparer.Ordinal),
            DataCategories = DataCategories?.ToHashSet(StringComparer.Ordinal),
            Equivalences = turned ? Equivalences?.Select(level => level.Turned).ToList() : Equivalences,
        };
}

internal static class TermsWire
{
    private const string Member = "linkTerms";
    private const int HighestVersion = 1_000_000_000;
    private const int Most = 500;
    private const int LongestCode = 200;
    private const int LongestSource = 1000;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // What both sides sign has one reading.
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
    };

    /// <summary>Is this proposal or adoption about the link itself, and not a joint text?</summary>
    public static bool IsTerms(Message message) =>
        message.Kind is Kinds.Proposal or Kinds.Adoption && message.Body.TryGetProperty(Member, out _);

    public static JsonElement Body(ProposedTerms terms) =>
        JsonSerializer.SerializeToElement(new Dictionary<string, ProposedTerms> { [Member] = terms }, Json);

    /// <summary>Two sets of terms are the same rules, whatever version each side counts them as.</summary>
    public static bool AreSame(ProposedTerms one, ProposedTerms other) =>
        JsonElement.DeepEquals(Body(one with { Version = 0 }), Body(other with { Version = 0 }));

    /// <summary>Null where it is not of this shape, or says what cannot be agreed.</summary>
    public static ProposedTerms? Read(Message message)
    {
        try
        {
            var terms = message.Body.GetProperty(Member).Deserialize<ProposedTerms>(Json);
            return terms is { } && IsSound(terms) ? terms : null;
        }
        catch (JsonException)
        {
            return null; // The partner's body is not of this shape; the caller says so.
        }
    }

    // The types alone let nulls into lists, and a partner's into a page.
    private static bool IsSound(ProposedTerms terms) =>
        terms is { Version: > 0 and <= HighestVersion, CeilingRank: >= 0 and <= LinkTerms.HighestRank }
        && AreCodes([terms.ProfileId, terms.ProfileVersion, terms.ProfileSha256 ?? "-"])
        && AreCodes(terms.Domains)
        && AreCodes(terms.Kinds)
        && (terms.DataCategories is null || AreCodes(terms.DataCategories))
        && (terms.Equivalences is not { } levels || (levels.Count <= Most && levels.All(IsSound)));

    private static bool AreCodes(IReadOnlyList<string>? codes) =>
        codes is { Count: <= Most } && codes.All(code => code is { Length: > 0 and <= LongestCode });

    private static bool IsSound(LevelEquivalence level) =>
        level is { Ours: not null, Theirs: not null }
        && AreCodes([level.Ours.Scheme, level.Ours.Version, level.Theirs.Scheme, level.Theirs.Version])
        && level.Source is null or { Length: <= LongestSource };
}
