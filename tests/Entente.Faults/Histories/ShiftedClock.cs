using System.Globalization;

namespace Entente.Faults.Histories;

/// <summary>
/// The wall clock of one node's process, turned from outside by libfaketime (package faketime). The node knows nothing of
/// it: no option, no seam.
/// </summary>
internal sealed class ShiftedClock
{
    private readonly string _file;

    private ShiftedClock(string file) => _file = file;

    public static string? Library { get; } =
        Directory.Exists("/usr/lib")
            ? Directory
                .EnumerateDirectories("/usr/lib", "*-linux-gnu*")
                .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
                .FirstOrDefault(File.Exists)
            : null;

    public static ShiftedClock? For(ProcessNode node)
    {
        if (Library is null)
        {
            return null;
        }

        var clock = new ShiftedClock(node.Home.Folder.TrimEnd('/') + ".clock");
        clock.Shift(TimeSpan.Zero);
        node.Environment["LD_PRELOAD"] = Library;
        node.Environment["FAKETIME_TIMESTAMP_FILE"] = clock._file;
        node.Environment["FAKETIME_CACHE_DURATION"] = "1"; // Seconds until a jump is seen.
        node.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        node.Environment["NO_FAKE_STAT"] = "1";
        return clock;
    }

    /// <summary>From within a second on, this far from the true time.</summary>
    public void Shift(TimeSpan by)
    {
        var next = _file + ".new";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{by.TotalSeconds:+0;-0;+0}"));
        File.Move(next, _file, overwrite: true);
    }
}
