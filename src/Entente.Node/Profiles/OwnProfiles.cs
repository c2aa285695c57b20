using Entente.Node.Hosting;

namespace Entente.Node.Profiles;

/// <summary>
/// The profiles that this node's operators added: files of the folder `profiles`, each with its signature beside it. Read at
/// the start. What was altered after it was signed is not offered and not followed.
/// </summary>
internal sealed class OwnProfiles
{
    public const string SignatureEnding = ".signature.json";
    private readonly string _folder;

    public OwnProfiles(NodeHome home, NodeKeys keys)
    {
        _folder = FolderOf(home);
        Files = Directory.Exists(_folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(_folder, "*.json")
                    .Where(file => !file.EndsWith(SignatureEnding, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(file => Read(file, keys)),
            ]
            : [];
    }

    /// <summary>Sound ones and others.</summary>
    public IReadOnlyList<OwnProfile> Files { get; }

    /// <summary>Those to be followed.</summary>
    public IEnumerable<LegalProfile> Sound =>
        Files.Where(file => file.Error is null).Select(file => file.Profile).OfType<LegalProfile>();

    public static string FolderOf(NodeHome home) => Path.Combine(home.Folder, "profiles");

    public static string FileOf(NodeHome home, LegalProfile profile) =>
        Path.Combine(FolderOf(home), $"{profile.Id}@{profile.Version}.json");

    private static OwnProfile Read(string path, NodeKeys keys)
    {
        var name = Path.GetFileName(path);
        var bytes = File.ReadAllBytes(path);
        var signed = path + SignatureEnding;
        var signature = File.Exists(signed) ? ProfileSignature.Read(File.ReadAllBytes(signed)) : null;
        var check = ProfileCheck.Of(bytes);
        return new OwnProfile(name, check.Profile, signature, Error(check, bytes, signature, keys));
    }

    private static ProfileError? Error(CheckedProfile check, byte[] file, ProfileSignature? signature, NodeKeys keys) =>
        signature is null ? new ProfileUnsigned()
        // First, for an altered file may also be unsound, and that it was altered is what matters.
        : signature.Against(file, keys) is { } against ? against
        : check.Profile is null ? new ProfileUnsound(check.Errors)
        : LegalProfiles.Shipped.Find(check.Profile.Id, check.Profile.Version) is not null ? new ProfileTaken()
        : null;
}

/// <param name="File">Its name in the folder.</param>
/// <param name="Profile">Null where it cannot be read.</param>
/// <param name="Error">Why it is not followed; null where it is.</param>
internal sealed record OwnProfile(string File, LegalProfile? Profile, ProfileSignature? Signature, ProfileError? Error);
