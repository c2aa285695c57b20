using System.Text.Json;
using Entente.Node.Storage;

namespace Entente.Node.Hosting;

/// <summary>A node's folder: its settings, its keys, its data. One folder is one node; copying it copies the node.</summary>
internal sealed class NodeHome(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Folder { get; } = Path.GetFullPath(folder);

    public string SettingsFile => Path.Combine(Folder, "node.json");

    public string MasterKeyFile => Path.Combine(Folder, "keys", "master.key");

    public string SigningKeyFile => Path.Combine(Folder, "keys", "signing.p8");

    public string AgreementKeyFile => Path.Combine(Folder, "keys", "agreement.p8");

    /// <summary>Agreement keys that were replaced: what was encrypted to them may still arrive.</summary>
    public IEnumerable<string> PastAgreementKeyFiles =>
        Directory.EnumerateFiles(Path.GetDirectoryName(AgreementKeyFile)!, "agreement-*.p8"); // A file has a folder.

    /// <summary>Signing keys that were replaced: what they signed is given out again under them.</summary>
    public IEnumerable<string> PastSigningKeyFiles =>
        Directory.EnumerateFiles(Path.GetDirectoryName(SigningKeyFile)!, "signing-*.p8"); // A file has a folder.

    public string TlsFile => Path.Combine(Folder, "keys", "tls.p12");

    public string DatabaseFile => Path.Combine(Folder, "data", "entente.db");

    public string AttachmentsFolder => Path.Combine(Folder, "data", "attachments");

    public bool Exists => File.Exists(SettingsFile);

    /// <summary>There, and not for this user, to whom it looks empty.</summary>
    public bool IsClosed
    {
        get
        {
            try
            {
                _ = Directory.Exists(Folder) && Directory.EnumerateFileSystemEntries(Folder).Any();
                return false;
            }
            catch (UnauthorizedAccessException)
            {
                return true;
            }
        }
    }

    /// <summary>Why <see cref="Exists"/> says no.</summary>
    public string WhyNotThere =>
        IsClosed
            ? $"{Folder} is closed to {Environment.UserName}: run this as the node's own user."
            : $"There is no node in {Folder}.";

    public string ConnectionString(NodeOptions options)
    {
        if (options.Database is not null)
        {
            return options.Database;
        }

        PrivateFile.CreateFolder(Path.GetDirectoryName(DatabaseFile)!); // The file has a folder by construction.
        return $"Data Source={DatabaseFile}";
    }

    /// <summary>The same past a pooler in transaction mode, for what needs a session of its own.</summary>
    public string SessionConnectionString(NodeOptions options) => options.DatabaseEvents ?? ConnectionString(options);

    /// <exception cref="NodeUnusable">The settings cannot be read.</exception>
    public NodeOptions Load()
    {
        try
        {
            return JsonSerializer.Deserialize<NodeOptions>(File.ReadAllBytes(SettingsFile), Json)
                ?? throw new NodeUnusable($"{SettingsFile} is empty.");
        }
        catch (JsonException e)
        {
            throw new NodeUnusable($"{SettingsFile} cannot be read: {e.Message}", e);
        }
    }

    public void Save(NodeOptions options) =>
        PrivateFile.Write(SettingsFile, JsonSerializer.SerializeToUtf8Bytes(options, Json));
}
