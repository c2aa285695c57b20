using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Entente.Node.Profiles;

/// <summary>All legal profiles that links of this node can follow: those of the program, then the node's own.</summary>
internal sealed class LegalProfiles
{
    private const string Folder = "profiles/";
    private const string MarkingsFolder = Folder + "classification/";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public LegalProfiles()
        : this([]) { }

    /// <param name="own">What the node's operators added.</param>
    public LegalProfiles(IEnumerable<LegalProfile> own)
    {
        All =
        [
            .. Resources()
                .Where(name =>
                    !name.StartsWith(MarkingsFolder, StringComparison.Ordinal)
                    && !name.StartsWith(SenderLaws.Folder, StringComparison.Ordinal)
                )
                .Select(name => Parse(Read(name)))
                .OrderBy(profile => profile.Id, StringComparer.Ordinal)
                .ThenBy(profile => profile.Version, StringComparer.Ordinal),
            .. own,
        ];
    }

    /// <summary>What this program carries, for those that are made of nothing else.</summary>
    public static LegalProfiles Shipped { get; } = new();

    public IReadOnlyList<LegalProfile> All { get; }

    public LegalProfile? Find(string id, string version) =>
        All.FirstOrDefault(profile => profile.Id == id && profile.Version == version);

    internal static IEnumerable<string> Resources() =>
        typeof(LegalProfiles)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal));

    internal static byte[] Read(string resource)
    {
        using var stream = typeof(LegalProfiles).Assembly.GetManifestResourceStream(resource)!; // The name came from the assembly's own list.
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static LegalProfile Parse(byte[] file)
    {
        var profile = JsonSerializer.Deserialize<LegalProfile>(file, Json)!; // Our own file, never the literal null.
        return profile with { Sha256 = Base64Url.EncodeToString(SHA256.HashData(file)) };
    }

    internal static MarkingFile Markings() =>
        JsonSerializer.Deserialize<MarkingFile>(
            Read(
                Resources()
                    .Where(name => name.StartsWith(MarkingsFolder, StringComparison.Ordinal))
                    .Max(StringComparer.Ordinal)!
            ),
            Json
        )!; // The newest dated file is always there.
}
