using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>
/// How JSON is read and written on the wire: camelCase, absent rather than null, non-ASCII text as it is, a member
/// named twice refused (two readers of one signed text must not see two things).
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(RequestBody))]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(ProgressBody))]
[JsonSerializable(typeof(LinkCard))]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(TreeHead))]
[JsonSerializable(typeof(LedgerEvent))]
[JsonSerializable(typeof(Evidence))]
[JsonSerializable(typeof(JoseHeader))]
[JsonSerializable(typeof(Jwk))]
internal sealed partial class WireJson : JsonSerializerContext
{
    public static WireJson Wire { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                AllowDuplicateProperties = false,
                RespectNullableAnnotations = true,
                RespectRequiredConstructorParameters = true,
                Converters = { new WireTime.Converter() },
            }
        );
}
