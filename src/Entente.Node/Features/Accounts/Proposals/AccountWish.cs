using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Node.Features.Accounts.Proposals;

/// <summary>What a proposal would make of an account.</summary>
/// <param name="Before">How it stood when that was proposed; null where it is to be opened.</param>
public sealed record AccountWish(string Login, AccountStanding? Before, AccountStanding Wanted)
{
    // Roles by name: their order may change between a proposal and its confirmation.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static AccountWish Read(string data) => JsonSerializer.Deserialize<AccountWish>(data, Json)!; // Written above.
}
