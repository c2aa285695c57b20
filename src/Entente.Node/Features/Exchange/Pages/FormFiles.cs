using Entente.Node.Features.Accounts;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>The files of a form: those just chosen are kept, those kept before come back by their ids.</summary>
internal sealed class FormFiles(DraftFiles drafts)
{
    public async Task<(IReadOnlyList<DraftFile> Files, bool Refused)> ReadAsync(
        Officer officer,
        IFormCollection form,
        CancellationToken cancellation
    )
    {
        List<string> ids = [.. ComposeForm.Many(form, "file").Except(ComposeForm.Many(form, "remove"))];
        var refused = false;
        foreach (var upload in form.Files.Where(file => file.Length > 0).Take(DraftLimits.Files))
        {
            var kept = await KeepAsync(officer, upload, cancellation);
            refused |= kept is null;
            if (kept is not null)
            {
                ids.Add(kept.Id);
            }
        }

        return (await drafts.OpenAsync(officer, ids, cancellation), refused);
    }

    private async Task<DraftFile?> KeepAsync(Officer officer, IFormFile upload, CancellationToken cancellation)
    {
        if (upload.Length > DraftLimits.FileBytes)
        {
            return null;
        }

        await using var content = upload.OpenReadStream();
        var type = upload.ContentType.Split(';')[0].Trim();
        return await drafts.KeepAsync(officer, upload.FileName, type, upload.Length, content, cancellation);
    }
}
