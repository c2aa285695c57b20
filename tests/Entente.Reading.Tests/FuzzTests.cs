using System.Globalization;
using System.Text;

namespace Entente.Reading.Tests;

/// <summary>Our articles, broken at random: the reader neither throws nor points outside the text.
/// A thousand files in every run; as many as ENTENTE_FUZZ says for a long one.</summary>
public sealed class FuzzTests
{
    private static readonly byte[][] Articles =
    [
        .. Directory
            .GetFiles(Path.Combine(AppContext.BaseDirectory, "Articles"), "*.txt")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes),
    ];

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "<div>",
            "</p><table>",
            "<!--",
            "<svg><td ",
            "<script>",
            "\n\n\n",
            "\u202E",
            "&#x110000;",
            "&amp",
            "'",
            "\"",
            "(((",
            "12.03.",
            "M. ",
            "al-",
            "، ",
            "2024/",
            "\t|\t",
        }.Select(Encoding.UTF8.GetBytes),
        [0xED, 0xA0, 0x80],
        [0xFF, 0xFE],
        [0xC3],
    ];

    [Fact]
    public void Article_broken_at_random_is_read_or_refused_and_never_throws()
    {
        var rounds = int.Parse(
            Environment.GetEnvironmentVariable("ENTENTE_FUZZ") ?? "1000",
            CultureInfo.InvariantCulture
        );
        for (var seed = 0; seed < rounds; seed++)
        {
            var file = Broken(new Chance(seed));
            if (TextDecoding.Decode(file).Text is not { } decoded)
                continue;
            foreach (var text in (string[])[decoded, HtmlText.Extract(decoded)])
                EvidenceTests.HoldsEvidence(text).ShouldBeTrue($"seed {seed}");
        }
    }

    private static byte[] Broken(Chance chance)
    {
        var file = new List<byte>(Articles[chance.Next(Articles.Length)]);
        for (var times = 1 + chance.Next(20); times > 0; times--)
        {
            var at = chance.Next(file.Count + 1);
            var length = chance.Next(Math.Min(60, file.Count - at) + 1);
            switch (chance.Next(5))
            {
                case 0:
                    file.RemoveRange(at, length);
                    break;
                case 1:
                    file.InsertRange(at, file.GetRange(at, length));
                    break;
                case 2 when at < file.Count:
                    file[at] = (byte)chance.Next(256);
                    break;
                case 3:
                    var other = Articles[chance.Next(Articles.Length)];
                    file.InsertRange(at, other[chance.Next(other.Length)..]);
                    break;
                default:
                    for (var repeats = 1 + chance.Next(30); repeats > 0; repeats--)
                        file.InsertRange(at, Pieces[chance.Next(Pieces.Length)]);
                    break;
            }
        }
        return [.. file];
    }

    // The same choices for the same seed, on every machine.
    private sealed class Chance(int seed)
    {
        private ulong _state = (ulong)seed * 0x9E3779B97F4A7C15 + 0x1234567;

        public int Next(int below)
        {
            _state ^= _state << 13;
            _state ^= _state >> 7;
            _state ^= _state << 17;
            return (int)(_state % (ulong)below);
        }
    }
}
