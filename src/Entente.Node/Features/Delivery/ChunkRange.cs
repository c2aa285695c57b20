namespace Entente.Node.Features.Delivery;

/// <summary>Chunks that follow each other, both ends included.</summary>
internal readonly record struct ChunkRange(long First, long Last)
{
    /// <param name="numbers">In ascending order.</param>
    public static IReadOnlyList<ChunkRange> Of(IEnumerable<long> numbers)
    {
        var ranges = new List<ChunkRange>();
        foreach (var number in numbers)
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1)
            {
                ranges[^1] = ranges[^1] with { Last = number };
            }
            else
            {
                ranges.Add(new ChunkRange(number, number));
            }
        }

        return ranges;
    }
}
