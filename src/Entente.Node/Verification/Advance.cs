namespace Entente.Node.Verification;

/// <summary>Tells whoever watches how far a check is, as a share of one.</summary>
internal sealed class Advance(Action<double> tell)
{
    public static readonly Advance None = new(_ => { });

    public void At(long done, long total) => tell(total == 0 ? 1 : (double)done / total);
}
