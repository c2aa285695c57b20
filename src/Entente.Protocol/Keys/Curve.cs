using System.Security.Cryptography;

namespace Entente.Protocol;

/// <summary>The two curves allowed; a node's signing and agreement keys use the same one.</summary>
public enum Curve
{
    P256,
    P384,
}

internal static class Curves
{
    public static ECCurve Parameters(this Curve curve) =>
        curve == Curve.P256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384;

    public static string Name(this Curve curve) => curve == Curve.P256 ? "P-256" : "P-384";

    public static string Algorithm(this Curve curve) => curve == Curve.P256 ? "ES256" : "ES384";

    public static HashAlgorithmName Digest(this Curve curve) =>
        curve == Curve.P256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384;

    public static int FieldSize(this Curve curve) => curve == Curve.P256 ? 32 : 48;

    public static Curve? FromName(string? name) =>
        name switch
        {
            "P-256" => Curve.P256,
            "P-384" => Curve.P384,
            _ => null,
        };

    public static Curve FromKeySize(int bits) =>
        bits switch
        {
            256 => Curve.P256,
            384 => Curve.P384,
            _ => throw new CryptographicException("Only P-256 and P-384 keys are used."),
        };
}
