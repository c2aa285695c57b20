using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>Closed lists travel as lower-case words joined by hyphens, never as numbers.</summary>
internal sealed class WireName<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
