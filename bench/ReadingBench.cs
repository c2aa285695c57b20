using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Entente.Reading;

namespace Entente.Bench;

/// <summary>
/// How many texts of 2 KB are read in a second, and whether memory stays flat over many. The floor in the same run: the
/// same texts as pages through AngleSharp, and regular expressions for their dates; no reader of any kind does less.
/// </summary>
internal static partial class ReadingBench
{
    private const int TextBytes = 2048;
    private const int Variants = 2000;

    public static void Run(int texts)
    {
        var corpus = Corpus();
        CommuniqueReader.Default.Read(corpus[0]);
        _ = Floor(corpus[0]);
        FileBench.Say($"texts of {TextBytes} bytes, in six languages", texts, "texts");
        FileBench.Say("single reading, median", Median(corpus), "ms");
        var floor = Measure(
            "floor: AngleSharp and regular expressions for dates",
            corpus,
            Math.Min(texts, 20_000),
            Floor
        );
        var each = Measure("reading", corpus, texts, text => CommuniqueReader.Default.Read(text).Partners.Count);
        FileBench.Say("reading, processor time in times the floor", each / floor, "times");
    }

    private static double Measure(string what, List<string> corpus, int texts, Func<string, int> read)
    {
        var quarters = new List<double>();
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        for (var quarter = 0; quarter < 4; quarter++)
        {
            Parallel.For(quarter * texts / 4, (quarter + 1) * texts / 4, i => read(Variant(corpus, i)));
            quarters.Add(GC.GetTotalMemory(true) / 1e6);
        }

        var rate = texts / watch.Elapsed.TotalSeconds;
        process.Refresh();
        FileBench.Say($"{what}, {Environment.ProcessorCount} cores", rate, "texts a second");
        var each = (process.TotalProcessorTime - cpu).TotalMilliseconds / texts;
        FileBench.Say($"{what}, processor time a text", each, "ms");
        var heap = string.Join(", ", quarters.Select(q => q.ToString("0.0", CultureInfo.InvariantCulture)));
        Console.WriteLine($"{what}, live memory after each quarter: {heap} MB");
        return each;
    }

    private static double Median(List<string> corpus)
    {
        var times = new List<double>();
        for (var i = 0; i < 500; i++)
        {
            var text = Variant(corpus, i);
            var from = Stopwatch.GetTimestamp();
            CommuniqueReader.Default.Read(text);
            times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    // No two texts alike: another number in each, and words that no other text has.
    private static string Variant(List<string> corpus, int i) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{corpus[i % corpus.Count]} {i} ({(char)('a' + i % 26)}x{i * 7919L % 999_983})."
        );

    private static int Floor(string text)
    {
        using var page = new HtmlParser().ParseDocument(
            "<html><body><p>" + text.Replace("\n", "</p><p>", StringComparison.Ordinal) + "</p></body></html>"
        );
        var body = page.Body!.TextContent; // The parser always makes a body.
        return Numeric().Count(body) + InWords().Count(body);
    }

    private static List<string> Corpus()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "samples");
        var articles = Directory
            .GetFiles(folder, "*.txt")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .ToList();
        return [.. Enumerable.Range(0, Variants).Select(i => OfSize(articles, i))];
    }

    // An article, then other paragraphs of the same collection up to the size.
    private static string OfSize(List<string> articles, int i)
    {
        var text = new StringBuilder(articles[i % articles.Count]);
        var more = articles[(i * 7 + i / articles.Count) % articles.Count].Split('\n');
        for (var line = 0; Encoding.UTF8.GetByteCount(text.ToString()) < TextBytes; line++)
        {
            text.Append('\n').Append(more[line % more.Length]).Append(line >= more.Length ? $" {i}.{line}" : "");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b", RegexOptions.None, 1000)]
    private static partial Regex Numeric();

    [GeneratedRegex(
        @"\b\d{1,2}\.?\s+(?:de\s+)?(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|januar|februar|märz|april|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december|يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر|\p{L}+kuuta)\s+(?:de\s+)?(?:\d{4})?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex InWords();
}
