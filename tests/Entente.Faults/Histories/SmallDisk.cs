using System.ComponentModel;
using System.Diagnostics;

namespace Entente.Faults.Histories;

/// <summary>A file system of its own, in a file, that can be full and can fail: what a node sees is what a broken disk shows.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _image;
    private readonly string _ballast;

    private SmallDisk(string image, string mount) =>
        (_image, Mount, _ballast) = (image, mount, Path.Combine(mount, "ballast"));

    public string Mount { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Skips the test where mounting is not allowed.</summary>
    public static async Task<SmallDisk> MountedOrSkipAsync(string mount, int megabytes)
    {
        var disk = new SmallDisk(mount.TrimEnd('/') + ".image", mount);
        Directory.CreateDirectory(mount);
        var made =
            await RunAsync("truncate", "-s", $"{megabytes}M", disk._image)
            && await RunAsync("mkfs.ext4", "-q", "-F", "-m", "0", disk._image)
            && await RunAsync("mount", "-o", "loop", disk._image, mount);
        Assert.SkipUnless(made, "A disk of the test's own needs the right to mount a file system.");
        return disk;
    }

    /// <summary>To the last byte.</summary>
    public void Fill()
    {
        using var file = new FileStream(_ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var piece = new byte[1 << 20]; piece.Length > 0; piece = new byte[piece.Length / 2])
        {
            while (TryWrite(file, piece)) { }
        }
    }

    public void MakeRoom() => File.Delete(_ballast);

    /// <summary>From now on every write fails, as after an error of the device: the file system is read-only.</summary>
    public async Task FailAsync() => (await RunAsync("mount", "-o", "remount,abort", Mount)).ShouldBeTrue();

    /// <summary>Mounted anew, its journal replayed. Nobody may have a file of it open.</summary>
    public async Task RepairAsync()
    {
        (await RunAsync("umount", Mount)).ShouldBeTrue();
        (await RunAsync("mount", "-o", "loop", _image, Mount)).ShouldBeTrue();
    }

    /// <summary>A second time it does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(_image))
        {
            await RunAsync("umount", Mount);
            File.Delete(_image);
        }
    }

    private static bool TryWrite(FileStream file, byte[] piece)
    {
        try
        {
            file.Write(piece);
            file.Flush(flushToDisk: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
            using var process = Process.Start(start)!; // Not null without shell execution.
            await process.WaitForExitAsync(Cancellation);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // There is no such program here.
        }
    }
}
