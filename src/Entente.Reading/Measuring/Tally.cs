namespace Entente.Reading.Measuring;

internal enum Outcome
{
    Right,
    Wrong,
    Missed,
}

/// <summary>Counts what was found rightly, found wrongly and missed.</summary>
internal sealed class Tally
{
    public int Right { get; private set; }
    public int Wrong { get; private set; }
    public int Missed { get; private set; }

    public double Precision => Share(Right, Wrong);
    public double Recall => Share(Right, Missed);
    public double F1 => Right == 0 ? 0 : 2.0 * Right / (2 * Right + Wrong + Missed);

    public void Add(Outcome outcome)
    {
        Right += outcome == Outcome.Right ? 1 : 0;
        Wrong += outcome == Outcome.Wrong ? 1 : 0;
        Missed += outcome == Outcome.Missed ? 1 : 0;
    }

    private static double Share(int part, int other) => part + other == 0 ? 0 : (double)part / (part + other);
}
