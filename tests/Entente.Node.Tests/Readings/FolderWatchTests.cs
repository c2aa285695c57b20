using Entente.Node.Features.Readings;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Readings;

public sealed class FolderWatchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("watched");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Files_of_a_watched_folder_become_readings_once(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();
        var watch = services.GetRequiredService<FolderWatch>();
        Put("a.txt", Texts.Finland);
        Put("vide.txt", " ");
        Put("image.png", "x");

        var first = await watch.LookAsync(_folder.FullName, Cancellation);
        var second = await watch.LookAsync(_folder.FullName, Cancellation);

        first.ShouldBe(2);
        second.ShouldBe(0);
        var files = await services.GetRequiredService<WatchedFiles>().LatestAsync(Cancellation);
        files
            .Select(f => (Path.GetFileName(f.Path), f.Outcome))
            .ShouldBe([("a.txt", "Draft"), ("vide.txt", "Refused")], ignoreOrder: true);
    }

    [Fact]
    public async Task File_still_being_written_waits_for_the_next_look()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var watch = services.GetRequiredService<FolderWatch>();
        var path = Put("a.txt", Texts.Finland);
        File.SetLastWriteTimeUtc(path, services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);

        (await watch.LookAsync(_folder.FullName, Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task File_that_cannot_be_read_keeps_no_other_from_being_read()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var watch = services.GetRequiredService<FolderWatch>();
        var first = Put("a.txt", Texts.Finland);
        var ahead = Put("b.txt", Texts.Finland + " ");
        File.SetLastWriteTimeUtc(
            ahead,
            services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.AddYears(9)
        );

        await using (new FileStream(first, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            (await watch.LookAsync(_folder.FullName, Cancellation)).ShouldBe(1);
        }

        (await watch.LookAsync(_folder.FullName, Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task Folder_that_is_away_stops_nothing()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var services = store.Services();
        var watch = services.GetRequiredService<FolderWatch>();

        (await watch.LookAsync(Path.Combine(_folder.FullName, "gone"), Cancellation)).ShouldBe(0);
    }

    private string Put(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
