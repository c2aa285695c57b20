using Entente.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Entente.Browser.Tests;

public sealed class UploadTests(Site site)
{
    [Fact]
    public async Task Large_file_shows_its_progress_and_goes_with_the_form()
    {
        await using var context = await site.OpenAsync("liaison");
        var page = await context.NewPageAsync();
        await page.GotoAsync("/compose?to=liaison@es.interior");
        var film = new FilePayload
        {
            Name = "film.mp4",
            MimeType = "video/mp4",
            Buffer = new byte[30 << 20],
        };

        await page.SetInputFilesAsync("#files", film);
        await Assertions.Expect(page.Locator("[data-uploads] [data-state]")).ToHaveTextAsync("30,0 Mo");
        await page.ClickAsync("button[value=check]");

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("film.mp4");
        await Assertions.Expect(page.Locator("input[name=file]:enabled")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task File_of_a_type_that_may_not_travel_is_said_not_to_be_kept()
    {
        await using var context = await site.OpenAsync("liaison");
        var page = await context.NewPageAsync();
        await page.GotoAsync("/compose?to=liaison@es.interior");
        var program = new FilePayload
        {
            Name = "jeu.exe",
            MimeType = "application/x-msdownload",
            Buffer = new byte[5 << 20],
        };

        await page.SetInputFilesAsync("#files", program);

        await Assertions.Expect(page.Locator("[data-uploads] [data-state]")).ToContainTextAsync("Non repris");
        await Assertions.Expect(page.Locator("button[value=send]")).ToBeEnabledAsync();
    }
}
