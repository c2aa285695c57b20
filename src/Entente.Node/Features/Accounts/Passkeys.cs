using System.Buffers.Text;

namespace Entente.Node.Features.Accounts;

/// <summary>A credential's id as it stands in forms and rows: base64url.</summary>
internal static class Passkeys
{
    public static string Id(byte[] credential) => Base64Url.EncodeToString(credential);

    public static byte[]? Id(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
