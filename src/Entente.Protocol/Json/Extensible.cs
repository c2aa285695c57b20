using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>Members that this version does not know are kept from read to write and otherwise ignored.</summary>
public abstract record Extensible
{
    // Settable because the JSON reader fills it after construction.
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
