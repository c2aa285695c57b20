using System.Collections.Frozen;
using Entente.Node.Profiles;
using Entente.Node.Web;

namespace Entente.Node.Features.Links;

/// <summary>What may be agreed for a link, and the settings that a form's or a command's choices make.</summary>
internal sealed class LinkTerms(LabelBook labels, LegalProfiles profiles)
{
    public const int HighestRank = 4;

    public IReadOnlyList<string> Domains { get; } = Codes(labels, "domain.");

    public IReadOnlyList<string> Kinds { get; } = Codes(labels, "kind.");

    public IReadOnlyList<LegalProfile> Profiles => profiles.All;

    /// <summary>What a new link starts from: restricted grade, every domain and kind, the newest profile that binds anybody.</summary>
    public LinkSettings Usual => Of(1, Domains, Kinds, null);

    /// <summary>Codes that are not ours are left out; a profile that is not here becomes the first one.</summary>
    /// <param name="profile">`id@version`.</param>
    public LinkSettings Of(int ceiling, IEnumerable<string>? domains, IEnumerable<string>? kinds, string? profile)
    {
        var chosen = Profiles.FirstOrDefault(p => Name(p) == profile) ?? Profiles[0];
        return new LinkSettings
        {
            Version = 1,
            CeilingRank = ceiling,
            Domains = Domains.Intersect(domains ?? []).ToFrozenSet(StringComparer.Ordinal),
            Kinds = Kinds.Intersect(kinds ?? []).ToFrozenSet(StringComparer.Ordinal),
            ProfileId = chosen.Id,
            ProfileVersion = chosen.Version,
            ProfileSha256 = chosen.Sha256,
        };
    }

    public static string Name(LegalProfile profile) => $"{profile.Id}@{profile.Version}";

    private static IReadOnlyList<string> Codes(LabelBook labels, string prefix) =>
        [
            .. labels
                .All.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(key => key[prefix.Length..])
                .Order(StringComparer.Ordinal),
        ];
}
