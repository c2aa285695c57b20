using System.Text.Json.Nodes;
using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Profiles;

/// <summary>A profile of a pair's own, made of one that the program carries.</summary>
internal static class OwnProfileFile
{
    public const string Id = "pair-example";
    public const string Version = "2026-03-01";

    public static byte[] Bytes(Action<JsonObject>? change = null)
    {
        var json = JsonNode.Parse(LegalProfiles.Read("profiles/bilateral-basic/2026-01-01.json"))!.AsObject();
        json["id"] = Id;
        json["version"] = Version;
        change?.Invoke(json);
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    /// <summary>Puts it where an operator's command puts it, signed by the node.</summary>
    public static string Place(NodeHome home, NodeKeys keys, DateTimeOffset at)
    {
        var path = Path.Combine(OwnProfiles.FolderOf(home), $"{Id}@{Version}.json");
        PrivateFile.CreateFolder(OwnProfiles.FolderOf(home));
        PrivateFile.Write(path, Bytes());
        var signature = ProfileSignature.Of(Bytes(), home.Load().Node, "securite", at, keys.Signing);
        PrivateFile.Write(path + OwnProfiles.SignatureEnding, signature.ToJson());
        return path;
    }
}
