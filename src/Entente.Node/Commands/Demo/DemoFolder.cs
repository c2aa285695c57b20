using System.Text.Json;
using Entente.Node.Storage;

namespace Entente.Node.Commands.Demo;

/// <summary>The folder a demo lives in: one folder a node, and a file that says what the demo made.</summary>
internal sealed class DemoFolder(string path)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    // Written first, so that a folder we may delete is known even if set-up stops half way.
    private string Marker => System.IO.Path.Combine(Path, "entente-demo");

    // Written last: only a demo that is complete has it.
    private string StateFile => System.IO.Path.Combine(Path, "demo.json");

    public bool IsComplete => File.Exists(StateFile);

    public DemoState Load() =>
        JsonSerializer.Deserialize<DemoState>(File.ReadAllBytes(StateFile), Json)
        ?? throw new InvalidOperationException($"{StateFile} is empty; start over with --reset.");

    public void Save(DemoState state) => PrivateFile.Write(StateFile, JsonSerializer.SerializeToUtf8Bytes(state, Json));

    /// <summary>Leaves an empty folder of ours. Never deletes a folder that no demo made.</summary>
    /// <exception cref="InvalidOperationException">Something else is in the folder.</exception>
    public void StartOver()
    {
        if (Directory.Exists(Path) && Directory.EnumerateFileSystemEntries(Path).Any())
        {
            if (!File.Exists(Marker))
            {
                throw new InvalidOperationException(
                    $"{Path} holds something that is not a demo; choose another --dir."
                );
            }

            Directory.Delete(Path, recursive: true);
        }

        Directory.CreateDirectory(Path);
        File.WriteAllText(Marker, "Made by entente demo; entente demo --reset deletes this folder.\n");
    }
}

/// <summary>What set-up made.</summary>
/// <param name="Readings">Communiqués read into Morocco's record.</param>
internal sealed record DemoState(
    IReadOnlyList<DemoNode> Nodes,
    IReadOnlyList<DemoAccount> Accounts,
    int Links,
    int Readings
)
{
    public DemoAccount Account(string node, string login) => Accounts.Single(a => a.Node == node && a.Login == login);
}
